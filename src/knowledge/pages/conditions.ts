import { conditions as catalogue } from '../conditions.ts'
import { counted, ours, seen, type Claim } from './claim.ts'

/** What is known about each condition of the catalogue, as the public page says it. */
export const knownAbout: Readonly<Record<string, Claim>> = {
  'treatment-resistant-depression': seen('The most studied of all, mostly with infusions.', 'S21', 'S22', 'S23'),
  depression: seen('Where two medicines have not yet been tried, they usually come first.', 'S9', 'S2'),
  'bipolar-depression': seen('In some studies people with it took part, in others they could not. The prescriber looks at it with special care.', 'S25', 'S19'),
  'generalized-anxiety': counted(1247, 'In a study of 1,247 people who finished a course at home, 62.9% of them had halved their anxiety score. Those who left early were not counted, and the provider paid for it.', 'S19'),
  'social-anxiety': ours('Often asked about. We know of no large study.', 'S1'),
  ptsd: ours('Asked for often, studied less. Preparation takes longer, and that is time well spent.', 'S1', 'S2'),
  'unresolved-trauma': ours('Therapy leads here. The medicine is at most a help.', 'S1'),
  burnout: ours('Rest and change come first. We know of no good study.', 'S1'),
  'chronic-stress': ours('We know of no good study, and will say so.', 'S1'),
  'obsessive-compulsive': ours('Known therapies come first. We know of no large study.', 'S1'),
  'life-transitions': ours('Often therapy alone is the better start.', 'S1'),
  'existential-distress': ours('Asked for by many. We look at it with you and your doctors.', 'S1'),
  'chronic-pain': ours('Treated with infusions over several days, in other places than ours. We help you find one.', 'S2'),
  'substance-use': counted(96, 'Studied in programs of their own. In one with 96 people who had a drinking problem, those given ketamine had more days without alcohol. It needs a protocol made for it.', 'S17'),
}

export interface Condition {
  readonly id: string
  readonly name: string
  readonly says: Claim | undefined
}

/** What people come with. The page, the request form, the first call and the matching use the same words and ids. */
export const conditions: readonly Condition[] = catalogue.map(({ id, name }) => ({ id, name, says: knownAbout[id] }))
