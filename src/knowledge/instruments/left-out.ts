import type { SourceId } from '../sources.ts'

/** What somebody may look for and does not find: why it is not here, and what is asked instead. */
interface LeftOut { readonly id: string; readonly title: string; readonly says: string; readonly instead: readonly string[]; readonly tag: 'V' | 'M'; readonly cites: readonly [SourceId, ...SourceId[]]; readonly verified: boolean; readonly reviewBy: string }
const row = (id: string, title: string, says: string, instead: readonly string[], tag: LeftOut['tag'] = 'V'): LeftOut => ({ id, title, says, instead, tag, cites: ['S52'], verified: false, reviewBy: '2027-05-31' })

export const leftOut: readonly LeftOut[] = [
  row('bdi-ii', 'BDI-II', 'A commercial scale of Pearson.', ['phq-9', 'core-10']),
  row('bpi', 'Brief Pain Inventory', 'It may not be used or reproduced without a permission that costs money.', ['peg']),
  row('pro-ctcae', 'PRO-CTCAE', 'Its terms exclude diagnostic, prognostic and therapeutic use. A clinician grades side effects by the CTCAE instead.', []),
  row('ysq', 'Young Schema Questionnaire', 'Copyrighted; no free licence was found.', ['ecr-rs'], 'M'),
]
