import { z } from 'zod'
import { route } from './route.ts'

const list = <Row extends z.ZodType>(row: Row) => z.array(row).readonly()
const count = z.int().min(0)
/** Null where too few people stand behind it to say. */
const people = count.nullable()
const day = z.number().nullable()
const share = z.object({ events: count, n: count, p: z.number(), lo: z.number(), hi: z.number() })
const quartiles = z.object({ n: count, lower: z.number(), median: z.number(), upper: z.number() })
const by = z.enum(['all', 'protocol', 'indication', 'route', 'dose'])
const perDimension = <Value extends z.ZodType>(value: Value) => z.object({ protocol: value, indication: value, route: value, dose: value })
const measure = z.object({
  instrument: z.string(), begun: people, completers: people, endedEarly: people, noBaseline: people, noEnd: people, notACase: people,
  verdicts: list(z.object({ verdict: z.enum(['response', 'remission', 'reliable', 'worse']), completers: share.nullable(), everybody: share.nullable(), everybodyAtMost: share.nullable() })),
})
const kept = z.object({
  n: count, relapses: count, throughDay: z.number(), median: day, medianLower: day, medianUpper: day,
  steps: list(z.object({ time: z.number(), atRisk: count, events: count, censored: count, survival: z.number(), lower: day, upper: day })),
  at: list(z.object({ day: z.number(), atRisk: people, survival: day, lower: day, upper: day })),
  missing: z.object({ unknown: count, 'not-a-case': count, 'no-response': count, 'lost-before-the-end': count, 'not-asked-after': count }),
  maintained: count, toResponse: quartiles, inResponse: quartiles,
})
const figures = z.object({
  group: z.object({ by, value: z.string(), year: z.string() }), begun: people, underWay: people, finished: people, measures: list(measure), kept: kept.nullable(),
  events: list(z.object({ term: z.string(), grades: list(z.object({ grade: z.int(), people: count })), any: share })).nullable(),
  funnel: list(z.object({ step: z.enum(['asked', 'called', 'matched', 'first-visit', 'cleared', 'first-dose', 'last-dose', 'last-follow-up']), people, days: quartiles.nullable() })),
})
export type Figures = z.infer<typeof figures>
const pair = z.tuple([count, count]).readonly()
const compared = z.object({ value: z.string(), kept, test: z.object({ throughDay: z.number(), people: pair, relapses: pair, chiSquare: z.number(), p: z.number() }).nullable() })
const said = z.boolean().nullable()
/** A course behind a figure, with what that figure counts of it; what it does not ask is null. */
const behindRow = z.object({
  chart: z.uuid(), name: z.string(), number: people, firstDose: z.string().nullable(), lastDose: z.string().nullable(), protocol: z.string().nullable(), finished: said,
  baseline: day, end: day, response: said, remission: said, reliable: said, worse: said, days: day, relapsed: said, grade: people,
})

const group = { by: by.optional(), value: z.string().max(120).optional(), year: z.string().regex(/^\d{4}$/).optional() }

/** What came of the courses of a practice, in figures. */
export const outcomeRoutes = {
  outcomes: route({
    method: 'GET', path: '/api/outcomes', who: 'outcomes.read', audit: 'outcomes.read', query: z.object({ ...group, beside: z.string().max(120).optional() }),
    /** `day`: the local day as of which courses are settled. `countedAt`: when every chart was last looked at for something new. `waiting`: charts that had changed and are in no figure yet. */
    response: z.object({ now: z.string(), day: z.string(), countedAt: z.string(), waiting: count, compared: compared.nullable(), choices: z.object({ years: list(z.string()), by: perDimension(list(z.string())), hidden: perDimension(count) }), figures }),
  }),
  /** Who agreed that a registry may have their data, in numbers, and from how many on anything may leave. */
  registry: route({
    method: 'GET', path: '/api/registry', who: 'outcomes.read', audit: 'registry.read',
    response: z.object({ patients: count, agreed: count, withdrawn: count, olderWords: count, notAsked: count, unreadable: count, fewest: count, groups: count, people: count }),
  }),
  /** The counts of this practice as a file that others may have. */
  registryAggregate: route({ method: 'GET', path: '/api/registry/aggregate', who: 'outcomes.read', audit: 'registry.aggregated', response: z.unknown() }),
  /** The courses behind one figure: of charts that this person reads anyway, and of all others how many. `name` says which questionnaire, side effect or step. */
  outcomesBehind: route({
    method: 'GET', path: '/api/outcomes/behind', who: 'outcomes.read', audit: 'outcomes.behind-read', query: z.object({ ...group, figure: z.enum(['measure', 'kept', 'event', 'step']), name: z.string().max(60).default('') }),
    response: z.object({ others: count, rows: list(behindRow) }),
  }),
} as const
