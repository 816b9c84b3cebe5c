import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import { hoursBetween, type Instant } from '../shared/time.ts'
import { known, missing, type Known, type Missing, type ScreeningFacts } from './facts.ts'
import { isFresh, type ScreeningLimits } from './limits.ts'

type Form = EntryOf<'measure-answered.v1'>
const questions = ['cSsrsQ1', 'cSsrsQ2', 'cSsrsQ3', 'cSsrsQ4', 'cSsrsQ5', 'cSsrsQ6Lifetime', 'cSsrsQ6PastThreeMonths'] as const
type Question = (typeof questions)[number]
export type MeasuredFacts = Pick<ScreeningFacts, Question | 'cSsrsComplete' | 'itemNineOpen' | 'phq9' | 'visibleBloodInUrine' | 'urinaryTrouble' | 'bpicSsRise' | 'cystitisGrade'>

/** The item that stores the answer: `cSsrsQ6Lifetime` is asked as `q6Lifetime`. */
const itemOf = (question: Question) => question.replace('cSsrsQ', 'q')

/** Reads the PHQ-9, the C-SSRS, and what is known of the bladder. */
export function measuredFacts(chart: Chart, now: Instant, limits: ScreeningLimits): MeasuredFacts {
  const interviews = formsOf(chart, limits.cSsrs.instrument)
  const latest = interviews.at(-1)
  const danger = interviews.flatMap((form) => versionsOf(chart, form)).filter((form) => isHigh(form) && !isReviewed(chart, form))
  const read = (question: Question) => readQuestion(question, latest, danger, now, limits)
  return {
    ...(Object.fromEntries(questions.map((question) => [question, read(question)])) as Pick<MeasuredFacts, Question>),
    cSsrsComplete: completeness(latest, now, limits),
    itemNineOpen: itemNine(formsOf(chart, limits.itemNine.instrument), interviews, limits),
    phq9: total(formsOf(chart, limits.itemNine.instrument), limits),
    visibleBloodInUrine: blood(formsOf(chart, limits.bladder.instrument).at(-1), limits),
    urinaryTrouble: trouble(formsOf(chart, limits.bladder.instrument).at(-1), limits), bpicSsRise: rise(chart), cystitisGrade: inflamed(chart, limits),
  }
}

const formsOf = (chart: Chart, instrument: string): Form[] => chart.all('measure-answered.v1').filter((entry) => entry.body.instrument === instrument)

/**
 * The latest interview counts, question by question. A high one before it counts on until a clinician has
 * closed its path at a lower level: a later lower answer does not lift it.
 */
function readQuestion(question: Question, latest: Form | undefined, danger: readonly Form[], now: Instant, limits: ScreeningLimits): Known<boolean> | Missing {
  const saidYes = danger.filter((form) => answerTo(form, question) === true)
  if (latest && isFresh(question, latest.at, now, limits) && answerTo(latest, question) === true) saidYes.push(latest)
  if (saidYes.length > 0) return known(true, [...new Set(saidYes.map((form) => form.id))])
  if (!latest) return missing('not-asked')
  if (!isFresh(question, latest.at, now, limits)) return missing('stale', [latest.id])
  const answer = answerTo(latest, question)
  return answer === null ? missing('incomplete', [latest.id]) : known(answer, [latest.id])
}

function completeness(latest: Form | undefined, now: Instant, limits: ScreeningLimits): Known<boolean> | Missing {
  if (!latest) return missing('not-asked')
  return isFresh('cSsrsComplete', latest.at, now, limits) ? known(isComplete(latest), [latest.id]) : missing('stale', [latest.id])
}

const isComplete = (form: Form) => questions.every((question) => answerTo(form, question) !== null)

/** Questions 3 to 5 are asked only after a yes to question 2, and "when" only after a yes to "ever": unasked, they are a no. */
function answerTo(form: Form, question: Question): boolean | null {
  const said = rawAnswer(form, question)
  if (said !== null) return said
  if (question === 'cSsrsQ6PastThreeMonths') return rawAnswer(form, 'cSsrsQ6Lifetime') === false ? false : null
  const follows = question === 'cSsrsQ3' || question === 'cSsrsQ4' || question === 'cSsrsQ5'
  return follows && rawAnswer(form, 'cSsrsQ2') === false ? false : null
}

function rawAnswer(form: Form, question: Question): boolean | null {
  const answer = Object.hasOwn(form.body.answers, itemOf(question)) ? form.body.answers[itemOf(question)] : null
  if (answer === true || answer === 1) return true
  return answer === false || answer === 0 ? false : null
}

const isHigh = (form: Form) => (['cSsrsQ4', 'cSsrsQ5', 'cSsrsQ6PastThreeMonths'] as const).some((question) => rawAnswer(form, question) === true)

/** An interview and what it corrects: taking back an answer does not take back a danger. */
function versionsOf(chart: Chart, standing: Form): Form[] {
  const chain: Form[] = []
  for (let one: Entry | undefined = standing; one?.kind === 'measure-answered.v1' && !chain.includes(one); one = one.amends === undefined ? undefined : chart.entry(one.amends)) chain.push(one)
  return chain
}

const isReviewed = (chart: Chart, form: Form) =>
  chart.all('risk-contact.v1').some(({ at, body }) => body.decided === 'closed' && body.level !== 'high' && at >= form.at && versionsOf(chart, form).some((version) => version.id === body.opened))

/** Whether an answer above nothing to item 9 still waits for a complete interview. */
function itemNine(forms: readonly Form[], interviews: readonly Form[], limits: ScreeningLimits): Known<boolean> | Missing {
  const { item, positiveFrom, hoursBefore } = limits.itemNine
  const positive = forms.findLast((form) => (numberIn(form, item) ?? 0) >= positiveFrom)
  if (positive) {
    const followed = interviews.find((interview) => isComplete(interview) && hoursBetween(positive.at, interview.at) >= -hoursBefore)
    return known(!followed, followed ? [positive.id, followed.id] : [positive.id])
  }
  const latest = forms.at(-1)
  return latest && numberIn(latest, item) === null ? missing('incomplete', [latest.id]) : known(false, latest ? [latest.id] : [])
}

/** The latest check counts: somebody whose urine is clear again says so in the next. One that leaves the question open says nothing. */
function blood(latest: Form | undefined, { bladder }: ScreeningLimits): Known<boolean> | Missing {
  if (!latest) return missing('not-asked')
  const answer = numberIn(latest, bladder.item)
  return answer === null ? missing('incomplete', [latest.id]) : known(answer >= bladder.positiveFrom, [latest.id])
}

/** One answer that tells of it is enough; that there is none is known only where each was answered. */
function trouble(latest: Form | undefined, { bladder: { others, positiveFrom } }: ScreeningLimits): Known<boolean> | Missing {
  if (!latest) return missing('not-asked')
  const answers = others.map((item) => numberIn(latest, item))
  if (answers.some((answer) => answer !== null && answer >= positiveFrom)) return known(true, [latest.id])
  return answers.includes(null) ? missing('incomplete', [latest.id]) : known(false, [latest.id])
}

/** Counted from the first score on the chart. One score alone is no rise. */
function rise(chart: Chart): Known<number> | Missing {
  const scores = chart.all('fact.v1').flatMap(({ id, body }) => (body.fact === 'bpicSs' && body.state === 'answered' ? [{ id, score: body.value }] : []))
  const [first, last] = [scores[0], scores.at(-1)]
  return first && last && first !== last ? known(last.score - first.score, [first.id, last.id]) : missing('not-asked')
}

/** A lower grade written later does not take a higher one away: a prescriber weighs that, with a letter. */
function inflamed(chart: Chart, { bladder }: ScreeningLimits): Known<number> | Missing {
  const found = chart.all('side-effect.v1').filter(({ body }) => body.term === bladder.sideEffect)
  return found.length === 0 ? missing('not-asked') : known(Math.max(...found.map(({ body }) => body.grade)), found.map(({ id }) => id))
}

/** The total of the latest complete questionnaire; nothing is prorated. */
function total(forms: readonly Form[], limits: ScreeningLimits): Known<number> | Missing {
  const values = (form: Form) => limits.itemNine.items.map((item) => numberIn(form, item))
  const complete = forms.findLast((form) => values(form).every((value) => value !== null))
  if (complete) return known(values(complete).reduce<number>((sum, value) => sum + value!, 0), [complete.id])
  const latest = forms.at(-1)
  return latest ? missing('incomplete', [latest.id]) : missing('not-asked')
}

function numberIn(form: Form, item: string): number | null {
  const answer = Object.hasOwn(form.body.answers, item) ? form.body.answers[item] : null
  return typeof answer === 'number' ? answer : null
}
