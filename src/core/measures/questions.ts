import { z } from 'zod'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { valueOf, type Answers, type Instrument } from './instrument.ts'
import type { RiskPathRow, RiskToldRow } from './open-risks.ts'
import { riskOf } from './risk.ts'
import { flagsOf, score, type Score } from './score.ts'

/** Something in the answers that a clinician should see, whatever the total says. */
export interface ScoreAlert {
  readonly items: readonly string[]
  readonly says: string
  readonly action: string
}

export interface ScoredAnswers extends Score {
  /** Items that were answered with something they do not have; they count as missing. */
  readonly unusable: readonly string[]
  readonly alerts: readonly ScoreAlert[]
}

const answersAsked = z.record(z.string(), z.union([z.number(), z.boolean(), z.null()]))

/** The shape of `kap score`: one set of answers to one questionnaire. An item that it does not have is refused, since it may stand for one that is missing. */
export function answerScore(input: unknown, instrument: Instrument, paths: readonly RiskPathRow[], told: RiskToldRow): Result<ScoredAnswers, AskedRefusal> {
  const read = readAsked(answersAsked, input)
  if (!read.ok) return read
  const answers: Answers = read.value
  const stranger = Object.keys(answers).find((key) => !instrument.items.some(({ id }) => id === key))
  if (stranger !== undefined) return refuse({ key: stranger, message: `"${stranger}" is no item of ${instrument.title}` })
  const unusable = instrument.items.filter((item) => (answers[item.id] ?? null) !== null && valueOf(item, answers) === null).map(({ id }) => id)
  return ok({ ...score(instrument, answers), unusable, alerts: [...riskAlerts(instrument, answers, paths, told), ...flagsOf(instrument, answers).map(({ item, says, action }) => ({ items: [item], says, action }))] })
}

/** The path that these answers would open on a chart, or that somebody is told of them without one. What is missing may open a worse one. */
function riskAlerts(instrument: Instrument, answers: Answers, paths: readonly RiskPathRow[], told: RiskToldRow): ScoreAlert[] {
  const { atLeast, because } = riskOf(instrument, answers)
  const opens = instrument.risk?.kind === 'item' && because.length > 0 ? 'item' : atLeast
  const rows = [...paths.filter((path) => path.opensAt === opens), ...(opens === told.level ? [told] : [])]
  return rows.map(({ id, says }) => ({ items: because, says, action: id }))
}
