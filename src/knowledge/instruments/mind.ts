import { leansOn, question, questions, recalled, seenIn, skeleton, steps, upTo, yesNo } from './row.ts'

export const mdq = skeleton({
  id: 'mdq', title: 'MDQ', says: 'Fifteen questions about high and low times in a life.',
  items: [...questions(upTo(14), yesNo), question('q15', steps(0, 3))], scoring: { kind: 'sum', items: upTo(13) },
  findings: [{ id: 'mdq.positive', says: 'Positive by the authors’ rule: seven or more, at the same time, and a moderate or serious problem.', when: { all: [{ items: upTo(13), from: 1, howMany: 7 }, { items: ['q14'], from: 1, howMany: 1 }, { items: ['q15'], from: 2, howMany: 1 }] } }],
  recallDays: null, answeredBy: ['patient', 'clinician'], moments: ['screening'],
  licence: { tier: 'T3', holder: 'Hirschfeld', terms: 'Copyrighted: use it with its author’s permission.', source: 'From memory: ask the owner.' },
  ...leansOn({ findings: seenIn('A public description of the rule.'), licence: recalled }),
})

const numbers = Array.from({ length: 16 }, (_, place) => place + 1)

/** Each thing that was noticed is followed by how much it troubled: what was not noticed troubled nobody. */
export const pq16 = skeleton({
  id: 'pq-16', title: 'PQ-16', says: 'Sixteen things one may have noticed, and how much each troubled.',
  items: numbers.flatMap((number) => [question(`q${number}`, yesNo), question(`d${number}`, steps(0, 3), { text: `Question ${number}: how much it troubled`, askedWhen: { item: `q${number}`, is: 1 } })]),
  scoring: { kind: 'sum', items: upTo(16), subscales: { distress: { kind: 'sum', items: numbers.map((number) => `d${number}`), unaskedCountsAs: 0 } } },
  findings: [
    { id: 'pq-16.positive', says: 'Six or more were noticed: the authors’ cut-off for asking further.', when: { score: 'total', atLeast: 6 } },
    { id: 'pq-16.distress', says: 'Trouble of nine or more, another cut-off for asking further.', when: { score: 'distress', atLeast: 9 } },
  ],
  recallDays: null, answeredBy: ['patient', 'clinician'], moments: ['screening'],
  licence: { tier: 'T3', holder: 'Ising and others', terms: 'Copyrighted by its authors in an open article: use it with their permission.', source: 'From memory: ask the owner.' },
  ...leansOn({ findings: seenIn('Abstract of the paper: six, and eight to nine.'), licence: recalled }),
})
