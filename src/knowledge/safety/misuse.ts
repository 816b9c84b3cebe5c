import type { MisuseRows, MisuseSignRow } from '../../core/misuse/rows.ts'
import { misuseSigns } from './watching.ts'

const ours = { tag: 'P', verified: false, reviewBy: '2027-05-31', cites: ['P'] } as const

/** Where the program finds a sign by itself. What is not named here is known only where somebody tells of it. */
const reads: Readonly<Partial<Record<(typeof misuseSigns)[number]['id'], MisuseSignRow['reads']>>> = {
  'misuse.other-prescriber': [{ fact: 'ketamineFromAnotherPrescriber', is: 'yes' }],
  'misuse.urine': [{ fact: 'urineDrugScreenPositive', is: 'not-empty' }],
  'misuse.craving': [{ instrument: 'craving-check', item: 'wanting', atLeast: 1 }],
  'misuse.count': [{ count: 'own-supply' }],
  'misuse.intoxicated': [{ fact: 'intoxicated', is: 'yes' }],
  // The question of the day asks about cannabis as well: a yes leaves open which of the two it was.
  'misuse.alcohol': [{ fact: 'hoursSinceAlcohol', below: 48 }, { fact: 'alcoholOrCannabisWithin48h', is: 'suggests' }],
}

/** Two of eleven signs ask a prescriber to look, three stop dosing until one has: proposed in the reference, for prescribers alone to read. */
export const misuse: MisuseRows = {
  id: 'misuse', ...ours, cites: ['P', 'S11'],
  signs: misuseSigns.map(({ id, says }) => ({ id, says, reads: reads[id] ?? [], ...ours })),
  reviewFrom: 2, holdFrom: 3, reasonCharacters: 20,
  hold: { id: 'prescriber-looks', says: 'A prescriber looks at this chart again before the next dose.' },
  asks: 'Several things came together that only a prescriber reads. Please look at them, and talk with the person.',
}

/** What is read beside the signs, where it was asked: what somebody uses besides, and what much of it does to the bladder. */
export const besideMisuse = ['audit-c', 'audit', 'dast-10', 'taps-1', 'craving-check', 'urinary-check', 'bpic-ss'] as const
