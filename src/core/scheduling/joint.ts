import { seeded } from '../shared/seeded.ts'
import { masterOf, pricesOf, type Chooser } from './choice.ts'
import { requestFaults } from './faults.ts'
import { lostTo, type Lost, type OtherPlan } from './joint-because.ts'
import type { JointProgress } from './joint-progress.ts'
import { mostOf, takenOf, type Taken } from './market.ts'
import { planCourse, proposalOf, soonest, visitsOf } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'
import type { Impossible, PlannedVisit, PlanRequest, Proposal, Score } from './request.ts'
import { scoreOf } from './score.ts'
import { withTaken } from './taken.ts'
import { priced, wayOf, type Way } from './way.ts'
import { dayNumber } from './zone.ts'

/** Somebody who waits for a course. All requests see the same people and rooms. */
export interface Waiting {
  readonly id: string
  readonly waitedDays: number
  readonly request: PlanRequest
}

export type JointPlan = { readonly id: string } & Beside & ({ readonly proposal: Proposal } | Impossible)

/** How somebody fares beside the others. */
interface Beside {
  /** What the plan would be like if nobody else waited; without it there would be none either. */
  readonly alone?: Score
  /** Where it would be another one: what of it others have. */
  readonly because: readonly Lost[]
}

export interface JointOptions {
  readonly choose: Chooser
  readonly tell?: (progress: JointProgress) => void
  readonly seed?: number
  /** Times that prices are asked for and plans searched at them. */
  readonly rounds?: number
  /** Times that some plans are taken out and searched anew beside the others. */
  readonly tries?: number
}

export interface Joint {
  readonly plans: readonly JointPlan[]
  /** What all of it costs, those without a plan included: what was made as small as it was found to be. */
  readonly cost: number
}

/**
 * Plans for all who wait, together: the own search makes several plans for each, a solver chooses one each so that nobody
 * and nothing is taken twice, and what they compete for gets a price at which further plans are searched. Whoever is left
 * is planned beside the rest or told why not. The same requests with the same seed get the same answer.
 */
export async function planJointly(waiting: readonly Waiting[], options: JointOptions): Promise<Joint> {
  const faulty = new Map(waiting.map(({ id, request }) => [id, requestFaults(request)] as const).filter(([, faults]) => faults.length > 0))
  const inTurn = waiting.filter(({ id }) => !faulty.has(id)).toSorted((a, b) => b.waitedDays - a.waitedDays || (a.id < b.id ? -1 : 1))
  const table = tableOf(inTurn, options)
  for (const seeker of table.seekers) searchAlone(table, seeker)
  for (const seeker of table.seekers) {
    seat(table, seeker)
    tell(table, 'in-turn', seeker.index + 1, table.seekers.length)
  }
  for (let round = 1; round <= (options.rounds ?? ROUNDS); round += 1) if (!(await priceAndSearch(table, round))) break
  await chooseWhole(table)
  improve(table)
  await chooseWhole(table)
  const plans = seatTheRest(table)
  const beside = besides(table, plans)
  return { plans: waiting.map(({ id }) => ({ ...(plans.get(id) ?? { id, impossible: faulty.get(id) ?? [], wouldHelp: [] }), ...(beside.get(id) ?? { because: [] }) })), cost: costOf(table) }
}
/** What a list of a hundred gets within a minute; more of either found next to nothing there. */
const ROUNDS = 1
const TRIES = 60

/** Somebody at the table, with what is known of plans for them. */
interface Seeker {
  readonly index: number
  readonly waiting: Waiting
  readonly problem: Problem
  /** What it costs to send them away. */
  readonly unplaced: number
  /** The best there would be if nobody else waited. */
  alone: Way | undefined
}
interface Table {
  readonly seekers: readonly Seeker[]
  readonly ways: Way[]
  readonly known: Set<string>
  /** The plan each has now. */
  readonly seats: (Way | undefined)[]
  readonly most: (key: string) => number
  readonly taken: Taken
  readonly options: JointOptions
}

function tableOf(inTurn: readonly Waiting[], options: JointOptions): Table {
  const seekers = inTurn.map((waiting, index): Seeker => ({ index, waiting, problem: problemOf(waiting.request), unplaced: unplacedCost(waiting), alone: undefined }))
  const [first] = seekers
  const most = first ? mostOf(first.waiting.request, first.problem.wall.dayNo) : () => 1
  return { seekers, ways: [], known: new Set(), seats: seekers.map(() => undefined), most, taken: takenOf(most), options }
}

/** More than any plan, and more for whoever waits longer: a month of waiting doubles it. */
export const unplacedCost = ({ waitedDays, request }: Waiting): number => (soonest.perDay * (dayNumber(request.latest) - dayNumber(request.earliest) + 1) + DEAREST_FLAWS) * (1 + waitedDays / 30)
const DEAREST_FLAWS = 20_000

const tell = ({ options, seats }: Table, doing: JointProgress['doing'], step: number, of: number) => options.tell?.({ doing, step, of, placed: seats.filter(Boolean).length })

function keep(table: Table, way: Way): boolean {
  const key = `${way.patient} ${way.uses.map((use) => `${use.key}@${use.fromMs}`).join(' ')}`
  if (table.known.has(key)) return false
  table.known.add(key)
  table.ways.push(way)
  return true
}

function searchAlone(table: Table, seeker: Seeker): void {
  seeker.alone = wayOf(seeker.index, seeker.problem, () => 0, soonest)
  if (seeker.alone) keep(table, seeker.alone)
  tell(table, 'alone', seeker.index + 1, table.seekers.length)
}

/** The best plan beside all others who have one. */
function seat(table: Table, seeker: Seeker): void {
  const way = seeker.alone && wayOf(seeker.index, seeker.problem, table.taken.market, soonest)
  if (!way) return
  keep(table, way)
  take(table, way)
}

function take({ seats, taken }: Table, way: Way): void {
  seats[way.patient] = way
  taken.take(way.uses)
}

function leave({ seats, taken }: Table, index: number): void {
  const way = seats[index]
  if (way) taken.giveBack(way.uses)
  seats[index] = undefined
}

const costOf = ({ seekers, seats }: Table): number => seekers.reduce((sum, { index, unplaced }) => sum + (seats[index]?.cost ?? unplaced), 0)

/** What the plans so far compete for gets a price, and at these prices each looks for a better plan. Whether any was found. */
async function priceAndSearch(table: Table, round: number): Promise<boolean> {
  const master = masterOf(table.ways, table.seekers.map(({ unplaced }) => unplaced), table.most, false)
  const { market, worth } = pricesOf(master, await table.options.choose(master))
  let better = 0
  for (const seeker of table.seekers) {
    const way = seeker.alone && wayOf(seeker.index, seeker.problem, market, priced)
    if (way && way.cost + way.price < (worth[seeker.index] ?? 0) - 1 && keep(table, way)) better += 1
    tell(table, 'pricing', (round - 1) * table.seekers.length + seeker.index + 1, (table.options.rounds ?? ROUNDS) * table.seekers.length)
  }
  return better > 0
}

/** The best choice among all plans that were found, whole ones only. */
async function chooseWhole(table: Table): Promise<void> {
  if (table.ways.length === 0) return
  const { values } = await table.options.choose(masterOf(table.ways, table.seekers.map(({ unplaced }) => unplaced), table.most, true))
  const chosen = table.ways.filter((_, i) => (values[i] ?? 0) > 0.5)
  const before = [...table.seats]
  const beforeCost = costOf(table)
  for (const { index } of table.seekers) leave(table, index)
  for (const way of chosen) if (!table.seats[way.patient] && isFree(table, way)) take(table, way)
  if (costOf(table) > beforeCost) putBack(table, before)
  tell(table, 'choosing', 1, 1)
}

const isFree = ({ taken }: Table, { uses }: Way) => uses.every(({ key, fromMs, toMs }) => taken.market(key, fromMs, toMs) === 0)

function putBack(table: Table, seats: readonly (Way | undefined)[]): void {
  for (const { index } of table.seekers) leave(table, index)
  for (const way of seats) if (way) take(table, way)
}

/** Takes out somebody far from their best plan with those who stand in its way, and seats them again in another order: kept where it is better. */
function improve(table: Table): void {
  const tries = Math.min(table.options.tries ?? TRIES, 2 * table.seekers.length)
  const chance = seeded(table.options.seed ?? 1)
  for (let step = 1; step <= tries; step += 1) {
    const worst = table.seekers.filter(({ alone }) => alone).toSorted((a, b) => lossOf(table, b) - lossOf(table, a))
    const pivot = worst[Math.floor(chance(`who ${step}`) ** 2 * worst.length)]
    if (!pivot?.alone || lossOf(table, pivot) < 1) continue
    const { alone } = pivot
    const others = table.seats.filter((way) => way !== undefined && way.patient !== pivot.index && meet(way, alone)).toSorted((a, b) => chance(`${step} ${a!.patient}`) - chance(`${step} ${b!.patient}`)).slice(0, OUT_AT_ONCE)
    reseat(table, [pivot, ...others.map((way) => table.seekers[way!.patient]!)])
    tell(table, 'improving', step, tries)
  }
}
const OUT_AT_ONCE = 3

const lossOf = ({ seats }: Table, { index, alone, unplaced }: Seeker): number => (seats[index]?.cost ?? unplaced) - (alone?.cost ?? unplaced)
const meet = (a: Way, b: Way): boolean => a.uses.some((one) => b.uses.some((other) => one.key === other.key && one.fromMs < other.toMs && other.fromMs < one.toMs))

function reseat(table: Table, group: readonly Seeker[]): void {
  const before = group.map(({ index }) => table.seats[index])
  const beforeCost = costOf(table)
  for (const { index } of group) leave(table, index)
  for (const seeker of group) seat(table, seeker)
  if (costOf(table) < beforeCost) return
  for (const { index } of group) leave(table, index)
  for (const way of before) if (way) take(table, way)
}

/** The last ones by the planner itself, in calendars with everybody else's plans in them: a plan after all, or why not. */
function seatTheRest(table: Table): ReadonlyMap<string, Planned> {
  const plans = new Map<string, Planned>()
  const planned: PlannedVisit[] = []
  for (const { index, waiting, problem } of table.seekers) {
    const way = table.seats[index]
    if (!way) continue
    const proposal = proposalOf(problem, way.found, 'soonest')
    plans.set(waiting.id, { id: waiting.id, proposal })
    planned.push(...proposal.visits)
  }
  for (const [i, { waiting }] of table.seekers.filter(({ index }) => !table.seats[index]).entries()) {
    const answer = planCourse(withTaken(waiting.request, planned, () => 'another patient’s visit'))
    if ('impossible' in answer) plans.set(waiting.id, { id: waiting.id, ...answer })
    else {
      plans.set(waiting.id, { id: waiting.id, proposal: answer.proposals[0] })
      planned.push(...answer.proposals[0].visits)
    }
    tell(table, 'the-rest', i + 1, table.seats.filter((way) => !way).length)
  }
  return plans
}
type Planned = { readonly id: string } & ({ readonly proposal: Proposal } | Impossible)

/** What each would have alone, and who has what of it. Where the plan is as good as that, nobody stands in its way. */
function besides(table: Table, plans: ReadonlyMap<string, Planned>): ReadonlyMap<string, Beside> {
  const made = [...plans.values()].flatMap((plan): readonly OtherPlan[] => ('proposal' in plan ? [{ id: plan.id, visits: plan.proposal.visits }] : []))
  return new Map(table.seekers.map((seeker): readonly [string, Beside] => {
    const { waiting: { id, request }, problem, alone } = seeker
    if (!alone) return [id, { because: [] }]
    const visits = visitsOf(problem, alone.found)
    const asGood = table.seats[seeker.index] !== undefined && lossOf(table, seeker) < 1
    return [id, { alone: scoreOf(request, visits), because: asGood ? [] : lostTo(visits, made.filter((one) => one.id !== id), request) }]
  }))
}
