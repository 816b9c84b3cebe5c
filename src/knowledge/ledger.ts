import type { Figure } from '../core/course/protocol.ts'
import type { LedgerDuty, LedgerFigure, LedgerRows } from '../core/ledger/rows.ts'
import { proposed, recalled, seen } from './figures.ts'

const REVIEW = '2027-05-31'
const figure = (id: string, { tag, cites }: Figure, value: number, unit: string, citation: string): LedgerFigure => ({ id, value, unit, citation, tag, cites, verified: tag === 'V', reviewBy: REVIEW })
const duty = (id: string, { tag, cites }: Figure, citation: string, says: string): LedgerDuty => ({ id, says, citation, tag, cites, verified: tag === 'V', reviewBy: REVIEW })

/**
 * What United States rules and careful practice ask of a drug ledger. Facts for a practice and its lawyer: the product shows
 * them beside what it found, and reports, files and decides nothing. What is tagged M was recalled and not yet read.
 */
export const ledgerRows: LedgerRows = {
  incidentUl: figure('ledger.incident-volume', proposed(), 500, 'µL', 'the product’s own proposal'),
  incidentShare: figure('ledger.incident-share', proposed(), 5, 'percent', 'the product’s own proposal'),
  countEveryMonths: figure('ledger.count-every', recalled('S41'), 24, 'months', '21 CFR 1304.11(c)'),
  keepYears: figure('ledger.keep', recalled('S41'), 2, 'years', '21 CFR 1304.04'),
  duties: [
    duty('ledger.current', seen('S41'), '21 CFR 1304.21(a)', 'A complete, accurate and current record of what is received, sold, delivered and disposed of. A running balance is not asked for by the rule; it is kept here because it shows a loss soonest.'),
    duty('ledger.place', seen('S41'), '21 CFR 1304.21(b)', 'Separate records for each registered place.'),
    duty('ledger.dates', seen('S41'), '21 CFR 1304.21(d)', 'The date on which it really was received, given or destroyed. When it was written down stands beside it.'),
    duty('ledger.destroyed', recalled('S41'), '21 CFR 1304.21(e), 1317.95(d)', 'A record of destruction with the signatures of two employees (DEA Form 41).'),
    duty('ledger.administered', recalled('S41'), '21 CFR 1304.22(c)', 'For each dose: substance, form, strength, amount, name and address of the person, the date, and who gave it.'),
    duty('ledger.inventory', recalled('S41'), '21 CFR 1304.11(c), (e)', 'Everything is counted at the beginning and at least every two years, on any day within them. What is open of Schedule III to V may be estimated, but for containers of more than 1,000 tablets or capsules.'),
    duty('ledger.kept', recalled('S41'), '21 CFR 1304.04', 'Records are kept for two years, readily found apart from ordinary ones. Many practices keep them as long as the chart.'),
    duty('ledger.waste', recalled('S41'), 'a letter of the DEA, 2014', 'What is left of a vial after a dose is written down with the dose, and not on Form 41. A witness is asked for by many states and accreditors; here it always is.'),
    duty('ledger.brought', recalled('S41'), '21 USC 822, 829', 'Medicine that was made for one person belongs to that person. It is counted in and out, and is never stock.'),
    duty('ledger.source', recalled('S39'), 'FD&C Act 503A, 503B', 'Stock comes from a manufacturer or a 503B outsourcing facility. What a 503A pharmacy makes is for one person.'),
  ],
  loss: [
    duty('ledger.loss-notice', recalled('S41'), '21 CFR 1301.76(b)', 'Theft or a significant loss is told to the DEA field office in writing within one business day of its discovery.'),
    duty('ledger.loss-form', recalled('S41'), '21 CFR 1301.76(b)', 'DEA Form 106 follows online within 45 days. Whether a loss is significant is for the registrant to judge.'),
  ],
}
