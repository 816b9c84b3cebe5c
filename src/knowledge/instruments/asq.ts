import { leansOn, question, seenIn, skeleton, yesNo } from './row.ts'

/** The fifth question is asked after any yes, and says whether it is now. Asked by somebody who stays. */
export const asq = skeleton({
  id: 'asq', title: 'ASQ', says: 'Four questions about thoughts of suicide, asked by somebody who stays with you.',
  items: [question('q1', yesNo), question('q2', yesNo), question('q3', yesNo), question('q4', yesNo), question('q5', yesNo, { required: false })],
  scoring: { kind: 'none' },
  findings: [
    { id: 'asq.positive', says: 'Positive: any of the first four is a yes. A safety assessment follows.', when: { items: ['q1', 'q2', 'q3', 'q4'], from: 1, howMany: 1 } },
    { id: 'asq.acute', says: 'Acute: thoughts of suicide right now. The person is not left alone.', when: { items: ['q5'], from: 1, howMany: 1 } },
  ],
  risk: { kind: 'triage', levels: [{ level: 'high', anyOf: ['q5'] }, { level: 'moderate', anyOf: ['q1', 'q2', 'q3', 'q4'] }] },
  recallDays: null, answeredBy: ['clinician'], moments: ['screening'],
  licence: { tier: 'T1', holder: 'National Institute of Mental Health, United States', terms: 'A free toolkit of the institute.', source: 'Pages of the institute about the toolkit, and a copy of part of it.' },
  ...leansOn({ findings: seenIn('A copy of the toolkit: any yes is positive; the fifth question tells acute from not acute.'), triage: { tag: 'P', evidence: { source: 'Which of this product’s levels an answer opens is our own choice.', verifiedOn: null, verifiedBy: null } } }),
})
