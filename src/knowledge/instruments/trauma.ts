import type { FindingRule } from '../../core/measures/counting.ts'
import type { Instrument, InstrumentItem } from '../../core/measures/instrument.ts'
import { collected, leansOn, ours, question, questions, reviewBy, seenIn, skeleton, steps, yesNo } from './row.ts'

const va = { tier: 'T1', holder: 'United States Department of Veterans Affairs', terms: 'Work of the United States government: not copyrighted.' } as const

const since = (id: string, text: string): InstrumentItem => ({ id, text: `In the past month, have you ${text}`, answer: yesNo, required: true, askedWhen: { item: 'event', is: 1 } })

/** On paper the lead-in stands once above the five questions; here each carries it, since each may stand alone on a phone. */
export const pcPtsd5: Instrument = {
  id: 'pc-ptsd-5', version: '2026-1', language: 'en', title: 'PC-PTSD-5', says: 'Up to six questions about the past month, after something frightening.',
  stem: 'Sometimes things happen to people that are unusually or especially frightening, horrible, or traumatic. For example: a serious accident or fire; a physical or sexual assault or abuse; an earthquake or flood; a war; seeing someone be killed or seriously injured; having a loved one die through homicide or suicide.',
  items: [
    { id: 'event', text: 'Have you ever experienced this kind of event?', answer: yesNo, required: true },
    since('q1', 'had nightmares about the event(s) or thought about the event(s) when you did not want to?'),
    since('q2', 'tried hard not to think about the event(s) or went out of your way to avoid situations that reminded you of the event(s)?'),
    since('q3', 'been constantly on guard, watchful, or easily startled?'),
    since('q4', 'felt numb or detached from people, activities, or your surroundings?'),
    since('q5', 'felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the event(s) may have caused?'),
  ],
  scoring: { kind: 'sum', items: ['q1', 'q2', 'q3', 'q4', 'q5'], unaskedCountsAs: 0 },
  bands: [{ from: 0, to: 2, name: 'below the cut-off' }, { from: 3, to: 3, name: 'at the sensitive cut-off' }, { from: 4, to: 5, name: 'at or above the efficient cut-off' }],
  recallDays: 30, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['screening'], validated: true,
  licence: { ...va, collecting: 'free', source: 'Read in full as an Australian guideline prints it, and in part on a page of the National Center for PTSD. The Center’s own form was not read.', text: 'shipped', textVerified: false, unverifiedParts: ['stem', 'items'] },
  ...leansOn({ items: seenIn('An Australian guideline on comorbidity, appendix R.'), stem: seenIn('The same appendix.'), scoring: seenIn('The same appendix: a no to the first question is a total of 0.'), bands: seenIn('Abstract of Prins 2016, and the guideline: 3 is sensitive, 4 misses more women.'), minDaysBetween: ours }),
  cites: ['S53', 'S52'], verified: false, reviewBy,
}

const exposures = [['happened', 'it happened to me'], ['witnessed', 'I saw it happen'], ['learned', 'I learned of it'], ['job', 'part of my work'], ['notSure', 'not sure'], ['none', 'does not apply']] as const

export const lec5 = skeleton({
  id: 'lec-5', title: 'LEC-5', says: 'Seventeen kinds of events in a life, each with how it was met.',
  items: Array.from({ length: 17 }, (_, place) => exposures.map(([id, words]) => question(`e${place + 1}-${id}`, yesNo, { text: `Event ${place + 1}: ${words}`, required: false }))).flat(),
  scoring: { kind: 'none' }, recallDays: null, answeredBy: ['patient', 'clinician'], moments: ['baseline'],
  licence: { ...va, source: 'CamCOPS, which quotes the Department of Veterans Affairs.' },
  ...leansOn({ items: seenIn('Notes on the form: 17 events, 6 ways of meeting each, no score.') }),
})

const meets = (...items: readonly string[]) => ({ items, from: 2, howMany: 1 })
const ptsd = { all: [meets('p1', 'p2'), meets('p3', 'p4'), meets('p5', 'p6'), meets('p7', 'p8', 'p9')] } as const
const selfOrganization = { all: [meets('c1', 'c2'), meets('c3', 'c4'), meets('c5', 'c6'), meets('c7', 'c8', 'c9')] } as const
const itqFindings: readonly FindingRule[] = [
  { id: 'itq.cptsd', says: 'The pattern that the authors read as complex PTSD. Whoever has it does not also have the pattern of PTSD.', when: { all: [ptsd, selfOrganization] } },
  { id: 'itq.ptsd', says: 'The pattern that the authors read as PTSD.', when: { all: [ptsd, { not: selfOrganization }] } },
]

export const itq = skeleton({
  id: 'itq', title: 'ITQ', says: 'Eighteen questions about the past month, after something traumatic.',
  items: [...questions(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'], steps(0, 4)), ...questions(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'], steps(0, 4))],
  scoring: { kind: 'none', subscales: { ptsd: { kind: 'sum', items: ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'] }, 'self-organization': { kind: 'sum', items: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'] } } },
  findings: itqFindings, recallDays: 30, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T1', holder: 'Cloitre and others, 2018', terms: 'Its authors make it freely available in the body of their paper; unaltered, and cited.', source: 'Abstract of Cloitre 2018 and two public descriptions of the scoring.' },
  ...leansOn({ findings: seenIn('Two public descriptions of the scoring, which agree.'), subscales: seenIn('The same descriptions.'), minDaysBetween: ours }), cites: collected,
})
