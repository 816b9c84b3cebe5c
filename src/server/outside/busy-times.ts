import ICAL from 'ical.js'
import vm from 'node:vm'
import { joined, type BusyTime } from '../../core/scheduling/elsewhere.ts'
import { isZone, momentOn } from '../../core/scheduling/zone.ts'
import { dayStart } from '../../core/shared/local-day.ts'
import { DAY_MS, type Instant } from '../../core/shared/time.ts'
import { linesOf, wrongLine } from './calendar-lines.ts'
import { MOST_BYTES, TOO_LARGE } from './fetch-calendar.ts'

export type BusyRead = { readonly ok: true; readonly times: readonly BusyTime[] } | { readonly ok: false; readonly says: string }
export interface BusyAsked {
  /** Where an hour counts that names no zone, and a whole day. */
  readonly zone: string
  readonly from: Instant
  readonly to: Instant
}

/** How the visits that this server itself sends are known again: they are booked here, and are no time elsewhere. */
export const OUR_UID = '@visits.practice-calendar'

const MOST_TIMES = 5_000
/** A rule that never comes true keeps the reader looking for ever, and nobody else would be answered meanwhile. */
const MOST_MS = 2_000

const NEAR_MS = 40 * DAY_MS

/**
 * When a calendar in iCalendar says that somebody is busy, with what repeats worked out, and nothing else of it. What is
 * free, cancelled or no time at all does not count. A calendar that cannot be read whole is refused whole: half of
 * somebody's day would read as free.
 */
export function readBusyTimes(text: string, asked: BusyAsked): BusyRead {
  if (Buffer.byteLength(text) > MOST_BYTES) return { ok: false, says: TOO_LARGE }
  const wrong = wrongLine(linesOf(text))
  if (wrong) return { ok: false, says: `Line ${wrong.line}: ${wrong.says}` }
  try {
    const times = vm.runInNewContext('work()', { work: () => timesIn(text, asked) }, { timeout: MOST_MS }) as readonly BusyTime[] | string
    return typeof times === 'string' ? { ok: false, says: times } : { ok: true, times: joined(times) }
  } catch (failure) {
    if ((failure as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { ok: false, says: 'Something in it repeats in a way that cannot be worked out in two seconds.' }
    return { ok: false, says: 'A time or a rule of repetition in it cannot be read.' }
  }
}

function timesIn(text: string, asked: BusyAsked): readonly BusyTime[] | string {
  const calendars = [ICAL.parse(text.replace(/^\uFEFF/, ''))].flatMap((read) => (typeof read[0] === 'string' ? [read] : read)).map((read) => new ICAL.Component(read))
  const times: BusyTime[] = []
  for (const calendar of calendars) {
    const events = calendar.getAllSubcomponents('vevent').filter((event) => !String(event.getFirstPropertyValue('uid') ?? '').endsWith(OUR_UID))
    const changed = events.filter((event) => event.hasProperty('recurrence-id'))
    for (const event of events) {
      const unknown = unknownZone(event)
      if (unknown) return `It names the time zone “${unknown}” and does not say what that is.`
      const own = changed.filter((one) => one !== event && one.getFirstPropertyValue('uid') === event.getFirstPropertyValue('uid'))
      for (const time of event.hasProperty('recurrence-id') ? once(event, asked) : whenever(event, own, asked)) {
        times.push(time)
        if (times.length > MOST_TIMES) return `It has more than ${MOST_TIMES} busy times in the months that are planned here.`
      }
    }
    times.push(...calendar.getAllSubcomponents('vfreebusy').flatMap((one) => saidBusy(one, asked)))
  }
  return times
}

/** An event, or one time of it that was changed, as it stands. */
const once = (event: ICAL.Component, asked: BusyAsked): readonly BusyTime[] => {
  const { startDate, endDate } = new ICAL.Event(event)
  return isBusy(event) ? within(timeOf(event, startDate, endDate, asked.zone), asked) : []
}

/** Every time of an event in the months asked for, each as it was changed. One that was moved far away stands in the calendar by itself as well. */
function* whenever(component: ICAL.Component, changed: readonly ICAL.Component[], asked: BusyAsked): Generator<BusyTime> {
  const event = new ICAL.Event(component, { strictExceptions: true, exceptions: [] })
  if (!event.isRecurring()) return yield* once(component, asked)
  for (const one of changed) event.relateException(one)
  const iterator = event.iterator()
  const lengthMs = event.duration.toSeconds() * 1_000
  for (let next = iterator.next(); next; next = iterator.next()) {
    // What has repeated for years is not worked out to the hour before it comes near.
    if (Date.UTC(next.year, next.month - 1, next.day) + lengthMs < Date.parse(asked.from) - NEAR_MS) continue
    const { item, startDate, endDate } = event.getOccurrenceDetails(next)
    if (momentOf(component, next, asked.zone) >= asked.to) return
    if (isBusy(item.component)) yield* within(timeOf(item.component, startDate, endDate, asked.zone), asked)
  }
}

const within = (time: BusyTime, { from, to }: BusyAsked): readonly BusyTime[] => (time.endsAt > from && time.startsAt < to ? [time] : [])

function isBusy(event: ICAL.Component): boolean {
  const says = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase()
  return says('transp') !== 'TRANSPARENT' && says('status') !== 'CANCELLED' && says('x-microsoft-cdo-busystatus') !== 'FREE'
}

function saidBusy(component: ICAL.Component, asked: BusyAsked): readonly BusyTime[] {
  return component.getAllProperties('freebusy').filter((one) => String(one.getParameter('fbtype') ?? 'BUSY').toUpperCase() !== 'FREE')
    .flatMap((one) => one.getValues().flatMap(({ start, end, duration }: ICAL.Period) => {
      const until = end ?? start.clone()
      if (!end) until.addDuration(duration)
      return within({ startsAt: start.toJSDate().toISOString(), endsAt: until.toJSDate().toISOString() }, asked)
    }))
}

const timeOf = (event: ICAL.Component, start: ICAL.Time, end: ICAL.Time, zone: string): BusyTime => ({ startsAt: momentOf(event, start, zone), endsAt: momentOf(event, end, zone) })

/** A zone that the world knows by this name goes by the world's rules; another by those the calendar brings; none by the person's. */
function momentOf(event: ICAL.Component, time: ICAL.Time, own: string): Instant {
  const named = zoneNamed(event)
  const day = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`
  if (time.isDate) return dayStart(day, own)
  if (time.zone?.tzid === 'UTC') return time.toJSDate().toISOString()
  if (named !== undefined && !isZone(named)) return time.toJSDate().toISOString()
  return momentOn(`${day}T${two(time.hour)}:${two(time.minute)}:${two(Math.min(time.second, 59))}`, named ?? own)
}
const two = (number: number) => String(number).padStart(2, '0')
const zoneNamed = (event: ICAL.Component): string | undefined => {
  const named = event.getFirstProperty('dtstart')?.getParameter('tzid')
  return typeof named === 'string' ? named : undefined
}
function unknownZone(event: ICAL.Component): string | undefined {
  const named = zoneNamed(event)
  const start = event.getFirstPropertyValue('dtstart') as ICAL.Time | null
  return named !== undefined && !isZone(named) && start?.zone?.tzid === 'floating' ? named : undefined
}
