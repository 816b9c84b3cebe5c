import type { Chart } from '../chart/chart.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { undosedSessions } from '../session/undosed.ts'
import type { Cited } from '../shared/cited.ts'
import { DAY_MS, plusDays, type Day, type Instant } from '../shared/time.ts'

type Said = BodyOf<'afterwards.v1'>
/** A time after a session at which somebody is asked how it is. */
export type Rung = NonNullable<Said['rung']>
/** What is good for somebody after a session. */
export type CardLine = Said['did'][number]

export interface AfterwardsRows extends Cited {
  /** Lines of the card, with the first and the last day of each; the day of the session is 0. */
  readonly card: readonly { readonly line: CardLine; readonly says: string; readonly fromDay: number; readonly throughDay: number }[]
  /** Each stands open until the next one's time has come, the last for so many days. */
  readonly ladder: readonly { readonly rung: Rung; readonly afterDays: number; readonly called: string }[]
  readonly lastOpenDays: number
}

/** A session that is over, with medicine given in it. */
export interface HeldSession {
  readonly id: string
  readonly visit: string | undefined
  readonly startedAt: Instant
  readonly closedAt: Instant
  readonly route: string
  readonly number: number
}

/** Sessions somebody has come home from, oldest first, by what the patient may read as well. */
export function sessionsHeld(chart: Chart): readonly HeldSession[] {
  const undosed = undosedSessions(chart)
  const closed = new Map(chart.all('session-closed.v1').flatMap(({ session, at }) => (session === undefined || undosed.has(session) ? [] : [[session, at] as const])))
  return chart.all('session-started.v1').flatMap(({ id, at, body }) => {
    const closedAt = closed.get(id)
    return closedAt === undefined ? [] : [{ id, visit: body.visit, startedAt: at, closedAt, route: body.route, number: body.number }]
  })
}

/** The lines of the card on this day; none once its time is over. */
export const cardOn = ({ card }: AfterwardsRows, day: number) => card.filter(({ fromDay, throughDay }) => fromDay <= day && day <= throughDay)

/** The rung whose time has come and whose next has not: what came before it has lapsed. A later session begins the ladder anew. */
export function rungOpen({ ladder, lastOpenDays }: AfterwardsRows, { closedAt }: Pick<HeldSession, 'closedAt'>, now: Instant): AfterwardsRows['ladder'][number] | undefined {
  const at = ladder.findLastIndex(({ afterDays }) => plusDays(closedAt, afterDays) <= now)
  const rung = ladder[at]
  if (!rung) return undefined
  return ladder[at + 1] || now < plusDays(closedAt, rung.afterDays + lastOpenDays) ? rung : undefined
}

/** What is asked of somebody now about the session they came home from last, without what was answered. */
export interface AskedAfter {
  readonly session: HeldSession
  readonly day: number
  readonly card: AfterwardsRows['card']
  readonly rung: AfterwardsRows['ladder'][number] | undefined
  /** Whether today's card was filled in. */
  readonly saidToday: boolean
}

/** `dayOf` is the wall's: days are counted by it, and a phone's first screen has its own small one. */
export function askedAfter(chart: Chart, rows: AfterwardsRows, now: Instant, dayOf: (at: Instant) => Day): AskedAfter | undefined {
  const session = sessionsHeld(chart).at(-1)
  if (!session) return undefined
  const said = chart.all('afterwards.v1').filter(({ body }) => body.session === session.id)
  const day = Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(session.closedAt))) / DAY_MS)
  const rung = rungOpen(rows, session, now)
  return {
    session, day, card: cardOn(rows, day),
    rung: rung && said.some(({ body }) => body.rung === rung.rung) ? undefined : rung,
    saidToday: said.some(({ at }) => dayOf(at) === dayOf(now)),
  }
}

/** Four ways to say how it is, as the person reads them and as the chart says them. */
export const howWords: Readonly<Record<NonNullable<Said['how']>, string>> = { good: 'Good', 'up-and-down': 'Up and down', hard: 'Hard', 'need-somebody': 'I need somebody' }

/** One answer in a line of the chart. */
export function sayAfterwards({ rung, how, did, words }: Said, { ladder, card }: AfterwardsRows): string {
  const done = card.filter(({ line }) => did.includes(line)).map(({ says }) => says.toLowerCase())
  return [ladder.find((one) => one.rung === rung)?.called, how && howWords[how].toLowerCase(), done.join(', '), words && `“${words}”`].filter(Boolean).join('. ')
}
