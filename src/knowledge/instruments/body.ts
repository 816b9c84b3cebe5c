import { leansOn, line, ours, question, questions, recalled, seenIn, skeleton, steps, upTo, yesNo } from './row.ts'

export const iciq = skeleton({
  id: 'iciq-ui-sf', title: 'ICIQ-UI SF', says: 'Four questions about leaking urine over the last four weeks.',
  items: [question('q1', steps(0, 5)), question('q2', steps(0, 6, 2)), question('q3', line(10)), question('q4', yesNo, { text: 'Question 4: when it leaks', required: false })],
  scoring: { kind: 'sum', items: upTo(3) }, recallDays: 28, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up', 'maintenance'],
  licence: { tier: 'T3', holder: 'ICIQ, Bristol Urological Institute', terms: 'Registration with its owner is needed: use it with the copy you were sent.', source: 'The owner’s page.' }, ...leansOn({ scoring: seenIn('A page that scores it: three questions, 0 to 21.'), recallDays: recalled, minDaysBetween: ours }),
})

export const bpicSs = skeleton({
  id: 'bpic-ss', title: 'BPIC-SS', says: 'Eight questions about bladder pain over the last week.',
  items: [...questions(upTo(7), steps(0, 4)), question('q8', line(10))], scoring: { kind: 'sum', items: upTo(8) },
  bands: [{ from: 0, to: 7, name: 'below 8' }, { from: 8, to: 18, name: '8 to 18' }, { from: 19, to: 38, name: 'at or above 19' }],
  recallDays: 7, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up', 'maintenance'],
  licence: { tier: 'T3', holder: 'Not confirmed', terms: 'Nobody here has read its terms: ask the owner before you use it.', source: 'From memory: ask the owner.' }, ...leansOn({ items: recalled, scoring: recalled, bands: recalled, licence: recalled, minDaysBetween: ours }),
})
