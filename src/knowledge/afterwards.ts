import type { AfterwardsRows } from '../core/afterwards/ladder.ts'
import { proposed } from './figures.ts'

/** What is good for somebody after a session, and when they are asked how it is. A default of the product that leans on no trial. */
export const afterwardsRows: AfterwardsRows = {
  id: 'afterwards.ladder', ...proposed('S2'), verified: false, reviewBy: '2027-05-31',
  card: [
    { line: 'rest', says: 'Rest', fromDay: 0, throughDay: 2 },
    { line: 'water', says: 'Water', fromDay: 0, throughDay: 1 },
    { line: 'walk', says: 'A walk', fromDay: 1, throughDay: 14 },
    { line: 'meditation', says: 'Sitting still', fromDay: 0, throughDay: 14 },
    { line: 'journal', says: 'Writing', fromDay: 0, throughDay: 14 },
  ],
  ladder: [
    { rung: '24h', afterDays: 1, called: 'A day after' }, { rung: '72h', afterDays: 3, called: 'Three days after' },
    { rung: '1w', afterDays: 7, called: 'A week after' }, { rung: '2w', afterDays: 14, called: 'Two weeks after' },
    { rung: '1m', afterDays: 30, called: 'A month after' }, { rung: '3m', afterDays: 91, called: 'Three months after' },
  ],
  lastOpenDays: 14,
}
