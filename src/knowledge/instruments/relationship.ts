import { asked, leansOn, line, ours, question, questions, recalled, seenIn, skeleton, steps, upTo } from './row.ts'

/** What stands between people, and how somebody stands to themselves: for integration, and never a verdict. */
export const waiSr = skeleton({
  id: 'wai-sr', title: 'WAI-SR', says: 'Twelve questions about you and your therapist.',
  items: questions(upTo(12), steps(1, 5)), scoring: { kind: 'sum', items: upTo(12), subscales: { task: { kind: 'sum', items: asked(1, 2, 10, 12) }, bond: { kind: 'sum', items: asked(3, 5, 7, 9) }, goal: { kind: 'sum', items: asked(4, 6, 8, 11) } } },
  recallDays: null, minDaysBetween: 14, answeredBy: ['patient'], moments: ['day-after', 'weekly'], licence: { tier: 'T3', holder: 'Horvath; Hatcher and Gillaspy', terms: 'Its owner’s permission is needed: use it with your licensed copy.', source: 'A page that says so.' }, ...leansOn({ subscales: seenIn('A page that scores it.'), minDaysBetween: ours }),
})

export const srs = skeleton({
  id: 'srs', title: 'Session Rating Scale', says: 'Four lines about today’s session.',
  items: questions(upTo(4), line(10)), scoring: { kind: 'sum', items: upTo(4) }, bands: [{ from: 0, to: 36, name: 'talk about it' }, { from: 37, to: 40, name: 'above 36' }],
  recallDays: null, answeredBy: ['patient'], moments: ['weekly'], licence: { tier: 'T3', holder: 'Miller, Duncan and Johnson', terms: 'Copyrighted: use it with your licensed copy.', source: 'CamCOPS, which ships it without words.' }, ...leansOn({ bands: seenIn('A page that gives 36 as the value at which to talk about it.') }),
})

const attachment = 'Free of charge and without a permission for research, as the page of the parent scale says; nothing was read about other uses.'

export const ecrRs = skeleton({
  id: 'ecr-rs', title: 'ECR-RS', says: 'Nine statements about being close to somebody.',
  items: questions(upTo(9), steps(1, 7)), scoring: { kind: 'none', subscales: { avoidance: { kind: 'mean', items: upTo(6), reversed: upTo(4) }, anxiety: { kind: 'mean', items: upTo(9, 7) } } },
  recallDays: null, minDaysBetween: 28, answeredBy: ['patient'], moments: ['baseline', 'follow-up'], licence: { tier: 'T2', holder: 'Fraley and others', terms: attachment, condition: 'We use it for research, or hold its author’s permission.', source: 'The author’s page, on the parent scale.' }, ...leansOn({ subscales: recalled, minDaysBetween: ours }),
})

export const csi16 = skeleton({
  id: 'csi-16', title: 'CSI-16', says: 'Sixteen questions about a relationship.',
  items: [question('q1', steps(0, 6)), ...questions(upTo(16, 2), steps(0, 5))], scoring: { kind: 'sum', items: upTo(16) }, bands: [{ from: 0, to: 51, name: 'below the cut-off' }, { from: 52, to: 81, name: 'above the cut-off' }],
  recallDays: null, minDaysBetween: 14, answeredBy: ['patient'], moments: ['baseline', 'follow-up'], licence: { tier: 'T1', holder: 'Funk and Rogge', terms: 'Developed to be freely available for research and clinical use.', source: 'The abstract, which says so.' }, ...leansOn({ scoring: recalled, bands: recalled, minDaysBetween: ours }),
})

export const ras = skeleton({
  id: 'ras', title: 'Relationship Assessment Scale', says: 'Seven questions about a relationship.',
  items: questions(upTo(7), steps(1, 5)), scoring: { kind: 'mean', items: upTo(7), reversed: asked(4, 7) },
  recallDays: null, minDaysBetween: 14, answeredBy: ['patient'], moments: ['baseline', 'follow-up'], licence: { tier: 'T3', holder: 'Hendrick', terms: 'Its licence was not confirmed: ask the owner, or ask the CSI-16 instead.', source: 'From memory: ask the owner.' }, ...leansOn({ scoring: recalled, reversed: recalled, licence: recalled, minDaysBetween: ours }),
})

export const ips = skeleton({
  id: 'ips', title: 'Irrational Procrastination Scale', says: 'Nine statements about putting things off.',
  items: questions(upTo(9), steps(1, 5)), scoring: { kind: 'sum', items: upTo(9), reversed: asked(2, 5, 8) },
  recallDays: null, minDaysBetween: 14, answeredBy: ['patient'], moments: ['baseline', 'follow-up'], licence: { tier: 'T1', holder: 'Steel', terms: 'Its author lets anybody use it for research or clinical purposes and adjust its length or anchors.', source: 'A page that quotes the author.' }, ...leansOn({ scoring: recalled, reversed: recalled, minDaysBetween: ours }),
})

export const scsSf = skeleton({
  id: 'scs-sf', title: 'Self-Compassion Scale, short form', says: 'Twelve statements about how you treat yourself in hard times.',
  items: questions(upTo(12), steps(1, 5)), scoring: { kind: 'mean', items: upTo(12), reversed: asked(1, 4, 8, 9, 11, 12) },
  bands: [{ from: 1, to: 2.5, name: 'low' }, { from: 2.5, to: 3.5, name: 'moderate' }, { from: 3.5, to: 5, name: 'high' }],
  recallDays: null, minDaysBetween: 14, answeredBy: ['patient'], moments: ['baseline', 'follow-up'],
  licence: { tier: 'T1', holder: 'Neff', terms: 'Its author lets anybody use it for any purpose; its parts should not be read alone.', source: 'A copy with the author’s letter.' }, ...leansOn({ reversed: seenIn('A copy with the author’s letter: six of the twelve count the other way.'), bands: seenIn('A page that gives them.'), minDaysBetween: ours }),
})
