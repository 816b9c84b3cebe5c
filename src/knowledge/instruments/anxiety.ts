import { asked, leansOn, ours, questions, recalled, seenIn, skeleton, steps, upTo } from './row.ts'

const three = (first: number) => ({ kind: 'sum', items: asked(first, first + 6, first + 12) }) as const

export const ociR = skeleton({
  id: 'oci-r', title: 'OCI-R', says: 'Eighteen questions about habits and thoughts over the past month.',
  items: questions(upTo(18), steps(0, 4)), scoring: { kind: 'sum', items: upTo(18), subscales: { hoarding: three(1), checking: three(2), ordering: three(3), neutralizing: three(4), washing: three(5), obsessing: three(6) } },
  bands: [{ from: 0, to: 20, name: 'below the cut-off' }, { from: 21, to: 72, name: 'at or above the cut-off' }],
  recallDays: 30, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T3', holder: 'Foa and others', terms: 'Copyrighted: use it with your licensed copy.', source: 'From memory: ask the owner.' },
  ...leansOn({ scoring: recalled, subscales: recalled, bands: recalled, licence: recalled, minDaysBetween: ours }),
})

export const yBocs = skeleton({
  id: 'y-bocs', title: 'Y-BOCS', says: 'Ten ratings by a clinician, about the last week.',
  items: questions(upTo(10), steps(0, 4)), scoring: { kind: 'sum', items: upTo(10), subscales: { obsessions: { kind: 'sum', items: upTo(5) }, compulsions: { kind: 'sum', items: upTo(10, 6) } } },
  bands: [{ from: 0, to: 7, name: 'subclinical' }, { from: 8, to: 15, name: 'mild' }, { from: 16, to: 23, name: 'moderate' }, { from: 24, to: 31, name: 'severe' }, { from: 32, to: 40, name: 'extreme' }],
  recallDays: 7, answeredBy: ['clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T3', holder: 'Goodman and others', terms: 'It may not be distributed without the owner’s authorization: use it with your licensed copy.', source: 'CamCOPS, which quotes the owner.' },
  ...leansOn({ scoring: recalled, subscales: recalled, bands: recalled }),
})

const connor = { tier: 'T3', holder: 'Connor and Davidson', terms: 'Obtained from its author: use it with the copy you were given.', source: 'A public page that says so.' } as const

export const spin = skeleton({
  id: 'spin', title: 'SPIN', says: 'Seventeen questions about being among people, over the last week.',
  items: questions(upTo(17), steps(0, 4)), scoring: { kind: 'sum', items: upTo(17) }, bands: [{ from: 0, to: 18, name: 'below the cut-off' }, { from: 19, to: 68, name: 'at or above the cut-off' }],
  recallDays: 7, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'], licence: connor, ...leansOn({ bands: seenIn('A public page that gives 19 as the cut-off.'), minDaysBetween: ours }),
})

export const miniSpin = skeleton({
  id: 'mini-spin', title: 'Mini-SPIN', says: 'Three questions about being among people, over the last week.',
  items: questions(upTo(3), steps(0, 4)), scoring: { kind: 'sum', items: upTo(3) }, bands: [{ from: 0, to: 5, name: 'below the cut-off' }, { from: 6, to: 12, name: 'at or above the cut-off' }],
  recallDays: 7, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['screening'], licence: connor, ...leansOn({ bands: recalled, minDaysBetween: ours }),
})
