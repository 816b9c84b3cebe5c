import { asked, leansOn, line, ours, question, questions, recalled, seenIn, skeleton, steps, upTo } from './row.ts'

export const isi = skeleton({
  id: 'isi', title: 'ISI', says: 'Seven questions about sleep over the last two weeks.',
  items: questions(upTo(7), steps(0, 4)), scoring: { kind: 'sum', items: upTo(7) },
  bands: [{ from: 0, to: 7, name: 'none' }, { from: 8, to: 14, name: 'below the threshold' }, { from: 15, to: 21, name: 'moderate' }, { from: 22, to: 28, name: 'severe' }],
  recallDays: 14, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T3', holder: 'Morin, distributed by Mapi', terms: 'Copyrighted: use it with your licensed copy.', source: 'A page of its distributor.' },
  ...leansOn({ bands: seenIn('A page that scores it.'), minDaysBetween: ours }),
})

export const wsas = skeleton({
  id: 'wsas', title: 'WSAS', says: 'Five questions about how far a problem gets in the way.',
  items: questions(upTo(5), steps(0, 8)), scoring: { kind: 'sum', items: upTo(5) }, bands: [{ from: 0, to: 9, name: 'below 10' }, { from: 10, to: 20, name: '10 to 20' }, { from: 21, to: 40, name: 'above 20' }],
  recallDays: null, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T3', holder: 'Marks', terms: 'Copyrighted: use it with your licensed copy.', source: 'CamCOPS, which ships it without words.' }, ...leansOn({ bands: recalled, minDaysBetween: ours }),
})

export const whodas12 = skeleton({
  id: 'whodas-12', title: 'WHODAS 2.0, 12 questions', says: 'Twelve questions about the last thirty days.',
  items: questions(upTo(12), steps(0, 4)), scoring: { kind: 'sum', items: upTo(12) },
  recallDays: 30, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T3', holder: 'World Health Organization', terms: 'Clinicians may reproduce it for their own patients; any other use, electronic use among them, needs a written permission.', collecting: 'by-permission', source: 'A page that quotes the organization.' },
  ...leansOn({ scoring: seenIn('A page that gives the simple sum, 0 to 48.'), minDaysBetween: ours }),
})

export const pss10 = skeleton({
  id: 'pss-10', title: 'PSS-10', says: 'Ten questions about stress over the last month.',
  items: questions(upTo(10), steps(0, 4)), scoring: { kind: 'sum', items: upTo(10), reversed: asked(4, 5, 7, 8) },
  recallDays: 30, minDaysBetween: 14, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T2', holder: 'Cohen', terms: 'Free where no profit is made with it; profit-related use needs a permission.', condition: 'We make no profit with it, or hold its author’s permission.', source: 'The author’s page.' },
  ...leansOn({ reversed: seenIn('The author’s page; its bands elsewhere are not the author’s, so there are none here.'), minDaysBetween: ours }),
})

const burntOut = (id: string, says: string) => ({ id: `cbi.${id}`, says, when: { score: id, atLeast: 50 } })

/** Three means and no total. The third part is for people who work with clients; with too few answers a part has no mean. */
export const cbi = skeleton({
  id: 'cbi', title: 'Copenhagen Burnout Inventory', says: 'Nineteen questions about being worn out.',
  items: [...questions(upTo(13), steps(0, 100, 25)), ...upTo(19, 14).map((id) => question(id, steps(0, 100, 25), { required: false }))],
  scoring: { kind: 'none', subscales: { personal: { kind: 'mean', items: upTo(6), mayMiss: 3 }, work: { kind: 'mean', items: upTo(13, 7), reversed: asked(13), mayMiss: 3 }, client: { kind: 'mean', items: upTo(19, 14), mayMiss: 3 } } },
  findings: [burntOut('personal', 'A high mean for the person.'), burntOut('work', 'A high mean for work.'), burntOut('client', 'A high mean for work with clients.')],
  recallDays: null, minDaysBetween: 28, answeredBy: ['patient'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T2', holder: 'Kristensen and others', terms: 'Meant as a free alternative; no licence was read.', condition: 'We have read its terms ourselves and may use it.', source: 'Its questions on a public page; the terms from memory.' },
  ...leansOn({ subscales: seenIn('A page that prints six, seven and six questions.'), mayMiss: recalled, reversed: recalled, findings: recalled, licence: recalled, minDaysBetween: ours }),
})

export const peg = skeleton({
  id: 'peg', title: 'PEG', says: 'Three lines about pain over the last week.',
  items: [question('q1', line(10), { loinc: '75893-8' }), question('q2', line(10), { loinc: '91145-3' }), question('q3', line(10), { loinc: '91146-1' })], scoring: { kind: 'mean', items: upTo(3) },
  loinc: { panel: '91148-7', total: '91147-9' }, recallDays: 7, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'weekly', 'follow-up'],
  licence: { tier: 'T1', holder: 'Krebs and others, 2009', terms: 'In the public domain.', source: 'A public set of forms that says so.' },
  ...leansOn({ scoring: seenIn('The same set: the mean of three.'), loinc: seenIn('The same set.'), minDaysBetween: ours }),
})
