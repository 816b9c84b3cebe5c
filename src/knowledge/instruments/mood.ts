import { asked, leansOn, ours, question, questions, recalled, seenIn, skeleton, steps, upTo } from './row.ts'

export const who5 = skeleton({
  id: 'who-5', title: 'WHO-5', says: 'Five statements about well-being over the last two weeks.',
  items: questions(upTo(5), steps(0, 5)), scoring: { kind: 'sum', items: upTo(5), times: 4 },
  bands: [{ from: 0, to: 28, name: 'low: ask about depression' }, { from: 29, to: 50, name: 'low well-being' }, { from: 51, to: 100, name: 'above the cut-off' }],
  recallDays: 14, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'weekly', 'follow-up', 'maintenance'],
  licence: { tier: 'T2', holder: 'World Health Organization, and the Psychiatric Center North Zealand', terms: 'Free where its source is named; a later edition is said to be under CC BY-NC-SA 3.0 IGO.', condition: 'We name its source, do not change it, and do not use it commercially (CC BY-NC-SA 3.0 IGO).', source: 'A public health institute’s page; the terms of the later edition from memory.' },
  ...leansOn({ scoring: seenIn('A page that scores it: the sum of five answers, times four.'), bands: seenIn('The same page: 50 and 28.'), licence: recalled, minDaysBetween: ours }),
})

/** Appetite and weight are asked one way or the other, so each pair is one question here. Three of the domains count their worst answer. */
export const qidsSr16 = skeleton({
  id: 'qids-sr16', title: 'QIDS-SR16', says: 'Sixteen questions about the last seven days.',
  items: [...questions(upTo(5), steps(0, 3)), question('q6or7', steps(0, 3), { text: 'Question 6 or 7, whichever applies' }), question('q8or9', steps(0, 3), { text: 'Question 8 or 9, whichever applies' }), ...questions(upTo(16, 10), steps(0, 3))],
  scoring: { kind: 'highest', groups: [upTo(4), ['q5'], ['q6or7', 'q8or9'], ...upTo(14, 10).map((id) => [id]), ['q15', 'q16']] },
  bands: [{ from: 0, to: 5, name: 'none' }, { from: 6, to: 10, name: 'mild' }, { from: 11, to: 15, name: 'moderate' }, { from: 16, to: 20, name: 'severe' }, { from: 21, to: 27, name: 'very severe' }],
  risk: { kind: 'item', item: 'q12', atLeast: 1, callFrom: 1, followedBy: 'c-ssrs' },
  recallDays: 7, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['baseline', 'weekly', 'follow-up'],
  licence: { tier: 'T3', holder: 'University of Texas Southwestern', terms: 'Copyrighted and licensed by its owner: use it with your licensed copy.', source: 'From memory: ask the owner.' },
  ...leansOn({ scoring: seenIn('A public description of its nine domains.'), bands: seenIn('The same description.'), risk: recalled, licence: recalled, minDaysBetween: ours }),
})

export const madrs = skeleton({
  id: 'madrs', title: 'MADRS', says: 'Ten ratings by a clinician, about the last seven days.',
  items: questions(upTo(10), steps(0, 6)), scoring: { kind: 'sum', items: upTo(10) },
  bands: [{ from: 0, to: 6, name: 'none' }, { from: 7, to: 19, name: 'mild' }, { from: 20, to: 34, name: 'moderate' }, { from: 35, to: 60, name: 'severe' }],
  risk: { kind: 'item', item: 'q10', atLeast: 1, callFrom: 2, followedBy: 'c-ssrs' },
  recallDays: 7, answeredBy: ['clinician'], moments: ['baseline', 'day-after', 'follow-up'],
  licence: { tier: 'T3', holder: 'Montgomery and Åsberg', terms: 'Copyrighted: use it with your licensed copy.', source: 'From memory: ask the owner.' },
  ...leansOn({ scoring: recalled, bands: recalled, risk: ours, licence: recalled }),
})

/** Side effects of a medicine, read by the third answer alone. */
export const fibser = skeleton({
  id: 'fibser', title: 'FIBSER', says: 'Three questions about side effects over the last week.',
  items: questions(upTo(3), steps(0, 6)), scoring: { kind: 'none' },
  findings: [
    { id: 'fibser.address', says: 'Side effects that somebody should address.', when: { items: asked(3), from: 3, howMany: 1 } },
    { id: 'fibser.change', says: 'Side effects at which the authors lower or change the medicine; a prescriber decides.', when: { items: asked(3), from: 5, howMany: 1 } },
  ],
  recallDays: 7, answeredBy: ['patient', 'clinician'], moments: ['day-after', 'weekly'],
  licence: { tier: 'T2', holder: 'Wisniewski and others; the revision of 2018', terms: 'Free to use by clinicians and for academic studies funded by nonprofit organizations.', condition: 'We use it as clinicians, or in an academic study funded by a nonprofit organization.', source: 'A university’s page that prints the terms.' },
  ...leansOn({ findings: seenIn('The same page: 3 to 4, and 5 to 6, on the third question.') }),
})
