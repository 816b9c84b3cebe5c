import { asked, leansOn, ours, question, questions, recalled, seenIn, skeleton, steps, upTo, yesNo } from './row.ts'

export const audit = skeleton({
  id: 'audit', title: 'AUDIT', says: 'Ten questions about alcohol over the past year.',
  items: [...questions(upTo(8), steps(0, 4)), ...questions(upTo(10, 9), steps(0, 4, 2))], scoring: { kind: 'sum', items: upTo(10) },
  bands: [{ from: 0, to: 7, name: 'zone I' }, { from: 8, to: 15, name: 'zone II' }, { from: 16, to: 19, name: 'zone III' }, { from: 20, to: 40, name: 'zone IV' }],
  loinc: { total: '75624-7' }, recallDays: 365, minDaysBetween: 28, answeredBy: ['patient', 'clinician'], moments: ['screening'],
  licence: { tier: 'T2', holder: 'World Health Organization', terms: 'Free to use; not for sale and not for commercial use.', condition: 'We do not sell it and do not use it commercially.', source: 'A page that quotes the organization.' },
  ...leansOn({ scoring: recalled, bands: recalled, loinc: seenIn('A list of codes in which this is the total of all ten.'), minDaysBetween: ours }),
})

export const dast10 = skeleton({
  id: 'dast-10', title: 'DAST-10', says: 'Ten questions about drugs over the last twelve months.',
  items: questions(upTo(10), yesNo), scoring: { kind: 'sum', items: upTo(10), reversed: asked(3) },
  bands: [{ from: 0, to: 0, name: 'none' }, { from: 1, to: 2, name: 'low' }, { from: 3, to: 5, name: 'moderate' }, { from: 6, to: 8, name: 'substantial' }, { from: 9, to: 10, name: 'severe' }],
  loinc: { panel: '82666-9', total: '82667-7' }, recallDays: 365, minDaysBetween: 28, answeredBy: ['patient', 'clinician'], moments: ['screening'],
  licence: { tier: 'T2', holder: 'Skinner, and the Centre for Addiction and Mental Health', terms: 'Not for commercial use, and with credit to its author.', condition: 'We give credit to its author and do not use it commercially.', source: 'A page that quotes the terms.' },
  ...leansOn({ scoring: seenIn('A page that scores it: the third question counts the other way.'), bands: seenIn('The same page.'), loinc: seenIn('A list of codes.'), minDaysBetween: ours }),
})

/** The first part alone: any answer above never opens the second, which is asked substance by substance. */
export const taps1 = skeleton({
  id: 'taps-1', title: 'TAPS, part 1', says: 'Four questions about tobacco, alcohol and other substances over the last twelve months.',
  items: upTo(4).map((id) => question(id, steps(0, 4))), scoring: { kind: 'none' },
  findings: [{ id: 'taps-1.go-on', says: 'At least one was used: the second part follows.', when: { items: upTo(4), from: 1, howMany: 1 } }],
  recallDays: 365, minDaysBetween: 28, answeredBy: ['patient', 'clinician'], moments: ['screening'],
  licence: { tier: 'T1', holder: 'National Institute on Drug Abuse, United States', terms: 'Freely available; no permission is needed.', source: 'The PhenX toolkit, which says so.' },
  ...leansOn({ findings: seenIn('A description of the two parts.'), minDaysBetween: ours }),
})
