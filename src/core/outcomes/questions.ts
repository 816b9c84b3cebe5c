import { z } from 'zod'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import { riskOf } from '../measures/risk.ts'
import { npiValid } from '../money/identifiers.ts'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { category, roundTo } from './category.ts'
import { madrsChange, qidsChange, reliableChange, traumaChange, type MadrsRow, type QidsRow, type ReliabilityRow, type TraumaRow } from './change.ts'
import { proportion, type ProportionRow } from './proportion.ts'
import { relapse } from './relapse.ts'
import { changeRowFor, type OutcomeRows } from './rows.ts'
import { survival, survivalAt } from './survival.ts'

/** The same functions asked from outside, one line at a time: the shapes of `kap decide outcome`. */
export interface OutcomeQuestionRows {
  readonly outcomes: OutcomeRows
  readonly trauma: TraumaRow
  readonly madrs: MadrsRow
  readonly qids: QidsRow
  readonly reliability: readonly ReliabilityRow[]
  readonly reporting: { readonly change: { readonly criticalValue: number }; readonly proportion: ProportionRow; readonly survival: { readonly criticalValue: number; readonly decimals: number } }
  readonly instruments: Instruments
}

/** Where a scale ends: a score beyond it was typed wrongly. */
const scores = (to: number) => ({ pre: z.number().min(0).max(to), post: z.number().min(0).max(to) })
const yes = z.boolean().nullish()
const interview = { q1: yes, q2: yes, q3: yes, q4: yes, q5: yes, q6Lifetime: yes, q6PastThreeMonths: yes }
const day = z.number()

const outcomeQuestion = z.discriminatedUnion('question', [
  z.strictObject({ question: z.literal('category'), instrument: z.string(), pre: z.number().min(0), post: z.number().min(0) }),
  z.strictObject({ question: z.literal('pcl-5-change'), ...scores(80) }),
  z.strictObject({ question: z.literal('madrs-change'), ...scores(60) }),
  z.strictObject({ question: z.literal('qids-change'), ...scores(27) }),
  z.strictObject({
    question: z.literal('relapse'), baseline: z.number().min(0).max(27), scores: z.array(z.tuple([day, z.number().min(0).max(27)])),
    events: z.array(z.strictObject({ day, what: z.enum(['admission', 'attempt', 'acute-treatment']) })).nullish(),
  }),
  z.strictObject({ question: z.literal('kaplan-meier'), data: z.array(z.tuple([z.number().min(0), z.union([z.literal(0), z.literal(1)])])), at: z.array(z.number()).nullish() }),
  z.strictObject({ question: z.literal('proportion'), events: z.int().min(0), n: z.int().min(0) }),
  z.strictObject({ question: z.literal('reliable-change'), pre: z.number(), post: z.number(), sd: z.number().positive().nullish(), reliability: z.number().min(0).lt(1).nullish(), instrument: z.string().nullish() }),
  z.strictObject({ question: z.literal('npi'), npi: z.string() }),
  z.strictObject({ question: z.literal('c-ssrs-level'), cSsrs: z.strictObject(interview).nullish(), ...interview }),
])
type Asked = z.output<typeof outcomeQuestion>
type Of<Question extends Asked['question']> = Extract<Asked, { question: Question }>
type Answer = Result<Readonly<Record<string, unknown>>, AskedRefusal>

/** Answers one question about scores over time. A question without an answer is refused with the key to put right. */
export function answerOutcome(input: unknown, rows: OutcomeQuestionRows): Answer {
  const read = readAsked(outcomeQuestion, input)
  return read.ok ? answer(read.value, rows) : read
}

function answer(asked: Asked, rows: OutcomeQuestionRows): Answer {
  switch (asked.question) {
    case 'category': return answerCategory(asked, rows)
    case 'pcl-5-change': return ok(traumaChange(rows.trauma, asked.pre, asked.post))
    case 'madrs-change': return ok(madrsChange(rows.madrs, asked.pre, asked.post))
    case 'qids-change': return ok(qidsChange(rows.qids, asked.pre, asked.post))
    case 'relapse': return answerRelapse(asked, rows)
    case 'kaplan-meier': return answerSurvival(asked, rows)
    case 'proportion': return asked.events > asked.n ? refuse({ key: 'events', message: 'more events than people' }) : ok(proportion(asked.events, asked.n, rows.reporting.proportion))
    case 'reliable-change': return answerReliable(asked, rows)
    case 'npi': return ok({ valid: npiValid(asked.npi) })
    case 'c-ssrs-level': return answerLevel(asked, rows)
  }
}

function answerCategory({ instrument, pre, post }: Of<'category'>, { outcomes, instruments }: OutcomeQuestionRows): Answer {
  const row = changeRowFor(outcomes, instrument)
  if (!row) return refuse({ key: 'instrument', message: `"${instrument}" has no row that says what a change is` })
  const highest = Math.max(0, ...(instrumentOf(instruments, instrument)?.bands ?? []).map(({ to }) => to))
  const beyond = pre > highest ? 'pre' : post > highest ? 'post' : undefined
  return beyond ? refuse({ key: beyond, message: `${instrument} ends at ${highest}` }) : ok({ ...category(row, pre, post) })
}

function answerRelapse({ baseline, scores: told, events }: Of<'relapse'>, { outcomes }: OutcomeQuestionRows): Answer {
  const change = changeRowFor(outcomes, outcomes.relapse.instrument)
  return change ? ok({ ...relapse(outcomes.relapse, change, baseline, told, events ?? []) }) : refuse({ message: 'there is no row that says what a response is' })
}

/** After the last day that anybody was followed the curve goes on as it ended; those days are named. */
function answerSurvival({ data, at }: Of<'kaplan-meier'>, { reporting }: OutcomeQuestionRows): Answer {
  const { criticalValue, decimals } = reporting.survival
  const curve = survival(data.map(([time, event]) => ({ time, event })), criticalValue)
  const last = curve.steps.at(-1)?.time ?? -Infinity
  const days = at ?? []
  return ok({ survival: days.map((time) => roundTo(decimals, survivalAt(curve, time))), median: curve.median, beyondFollowUp: days.filter((time) => time > last) })
}

/** With a spread of its own, or with the one that the rulebook keeps for an instrument. */
function answerReliable({ pre, post, sd, reliability, instrument }: Of<'reliable-change'>, rows: OutcomeQuestionRows): Answer {
  const row = rows.reliability.find((one) => one.instrument === instrument)
  if (instrument && !row) return refuse({ key: 'instrument', message: `"${instrument}" has no spread here` })
  const spread = sd ?? row?.sd
  const certainty = reliability ?? row?.reliability
  if (spread === undefined) return refuse({ key: 'sd', message: 'say the standard deviation of first scores, or the instrument' })
  if (certainty === undefined) return refuse({ key: 'reliability', message: 'say the reliability, or the instrument' })
  return ok(reliableChange(pre, post, { sd: spread, reliability: certainty, criticalValue: rows.reporting.change.criticalValue }))
}

/** What was not said was a no, as in every case; what was said to be open leaves the level open. */
function answerLevel({ cSsrs, ...flat }: Of<'c-ssrs-level'>, { instruments }: OutcomeQuestionRows): Answer {
  const instrument = instrumentOf(instruments, 'c-ssrs')
  if (!instrument) return refuse({ message: 'the library has no C-SSRS' })
  const told: Readonly<Record<string, unknown>> = { ...flat, ...cSsrs }
  const answers = Object.fromEntries(instrument.items.map(({ id }) => [id, told[id] === undefined ? false : (told[id] as boolean | null)]))
  const { level, atLeast, because, missing } = riskOf(instrument, answers)
  return ok({ level, atLeast, because, missing })
}
