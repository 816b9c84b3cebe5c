import { asked, leansOn, line, questions, recalled, seenIn, skeleton, steps, upTo } from './row.ts'

const bremner = { tier: 'T3', holder: 'Bremner', terms: 'Copyrighted: use it with your licensed copy.', source: 'From memory: ask the owner.' } as const

export const cadss = skeleton({
  id: 'cadss', title: 'CADSS', says: 'Twenty-three questions about feeling detached, right now.',
  items: questions(upTo(23), steps(0, 4)), scoring: { kind: 'sum', items: upTo(23) },
  findings: [{ id: 'cadss.settled', says: 'Four or less, which trials counted as settled.', when: { score: 'total', below: 5 } }],
  recallDays: null, answeredBy: ['clinician'], moments: ['before-dose', 'in-session', 'after-dose'], licence: bremner,
  ...leansOn({ scoring: seenIn('A paper in which the 23 questions form one factor.'), findings: recalled, licence: recalled }),
})

export const cadss6 = skeleton({
  id: 'cadss-6', title: 'CADSS-6', says: 'Six questions about feeling detached, right now. The short form is not validated.',
  items: questions(asked(1, 2, 6, 7, 15, 22), steps(0, 4)), scoring: { kind: 'sum', items: asked(1, 2, 6, 7, 15, 22) }, containedIn: ['cadss'], validated: false,
  recallDays: null, answeredBy: ['clinician'], moments: ['before-dose', 'in-session', 'after-dose'], licence: bremner,
  ...leansOn({ scoring: seenIn('The paper that chose the six, and says that they remain unvalidated.'), licence: recalled }),
})

const unsaid = 'Published without a word about a licence: ask the authors before you use it.'
const published = (holder: string) => ({ tier: 'T3', holder, terms: unsaid, source: 'Abstract of the paper.' }) as const
const complete = (score: string, atLeast: number) => ({ score, atLeast })

export const meq30 = skeleton({
  id: 'meq-30', title: 'MEQ30', says: 'Thirty questions about the experience in a session.',
  items: questions(upTo(30), steps(0, 5)),
  scoring: { kind: 'none', subscales: {
    mystical: { kind: 'sum', items: asked(4, 5, 6, 9, 14, 15, 16, 18, 20, 21, 23, 24, 25, 26, 28) }, 'positive-mood': { kind: 'sum', items: asked(2, 8, 12, 17, 27, 30) },
    'time-and-space': { kind: 'sum', items: asked(1, 7, 11, 13, 19, 22) }, ineffability: { kind: 'sum', items: asked(3, 10, 29) },
  } },
  findings: [{ id: 'meq-30.complete', says: 'Sixty percent or more on each of the four parts, which the authors call complete.', when: { all: [complete('mystical', 45), complete('positive-mood', 18), complete('time-and-space', 18), complete('ineffability', 9)] } }],
  recallDays: null, answeredBy: ['patient'], moments: ['after-dose', 'day-after'], licence: published('Barrett and others, 2015'),
  ...leansOn({ parts: seenIn('Abstract: four parts of 15, 6, 6 and 3 questions.'), subscales: recalled, findings: recalled }),
})

/** Which question belongs to which of its eleven scales was not read, so nothing is counted. */
export const asc5d = skeleton({
  id: '5d-asc', title: '5D-ASC', says: 'Ninety-four lines about the experience in a session.', items: questions(upTo(94), line(100)), scoring: { kind: 'none' },
  recallDays: null, answeredBy: ['patient'], moments: ['day-after'], licence: { tier: 'T3', holder: 'Dittrich, PSIN', terms: 'Copyrighted: use it with your licensed copy.', source: 'From memory: ask the owner.' }, ...leansOn({ items: seenIn('A paper that names 94 lines and eleven scales.'), licence: recalled }),
})

export const edi = skeleton({
  id: 'edi', title: 'EDI', says: 'Eight lines about the sense of self in a session.', items: questions(upTo(8), line(100)), scoring: { kind: 'mean', items: upTo(8) },
  recallDays: null, answeredBy: ['patient'], moments: ['after-dose', 'day-after'],
  licence: { tier: 'T1', holder: 'Nour and others, 2016', terms: 'In an open-access article under CC BY, with citation.', source: 'The abstract of the article; its table of questions was not read.' }, ...leansOn({ scoring: seenIn('Abstract: eight lines, one factor.') }),
})

/** Seven factors, whose questions were not read: nothing is counted. */
export const ceq = skeleton({
  id: 'ceq', title: 'CEQ', says: 'Twenty-six questions about what was hard in a session.', items: questions(upTo(26), steps(0, 5)), scoring: { kind: 'none' },
  recallDays: null, answeredBy: ['patient'], moments: ['day-after'], licence: published('Barrett and others, 2016'), ...leansOn({ items: seenIn('Abstract: 26 questions, seven factors.') }),
})

/** Two parts, whose questions were not read: nothing is counted. */
export const piq = skeleton({
  id: 'piq', title: 'PIQ', says: 'Twenty-three questions about insights from a session.', items: questions(upTo(23), steps(0, 5)), scoring: { kind: 'none' },
  recallDays: null, answeredBy: ['patient'], moments: ['day-after'], licence: published('Davis and others, 2021'), ...leansOn({ items: seenIn('Abstract: 23 questions, two parts.') }),
})

export const pis6 = skeleton({
  id: 'pis-6', title: 'PIS-6', says: 'Six lines about insights from a session.', items: questions(upTo(6), line(100)), scoring: { kind: 'mean', items: upTo(6) },
  recallDays: null, answeredBy: ['patient'], moments: ['day-after'], licence: published('Peill and others, 2022'), ...leansOn({ items: recalled, scoring: recalled }),
})

export const ebi = skeleton({
  id: 'ebi', title: 'EBI', says: 'Six lines about emotional release in a session, asked one day after.', items: questions(upTo(6), line(100)), scoring: { kind: 'mean', items: upTo(6) },
  recallDays: null, answeredBy: ['patient'], moments: ['day-after'], licence: { ...published('Roseman and others, 2019'), terms: 'In an open-access article; its licence was not confirmed: ask the authors before you use it.' }, ...leansOn({ items: seenIn('Abstract: six lines, asked one day after.'), scoring: seenIn('Abstract: one factor.') }),
})
