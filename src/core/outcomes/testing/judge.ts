import { instruments } from '../../../knowledge/instruments.ts'
import type { Chart } from '../../chart/chart.ts'
import { localDay } from '../../shared/local-day.ts'
import { DAY_MS, type Instant } from '../../shared/time.ts'
import { protocol, zone, type Asked, type Judge, type Look } from './lives.ts'

/**
 * What should have been said, worked out again from the answers alone and without the rules' own code: figures stand here
 * once more, so that a rule that is changed by mistake is not judged by itself.
 */
export interface Faults {
  /** Nobody knew how somebody was, and no step with an owner and a moment said so. */
  readonly silentWithoutTask: string[]
  /** A step said that nobody had answered, and somebody had. */
  readonly taskWithoutSilence: string[]
  readonly askedAfterAnswer: string[]
  readonly askedWithinRecall: string[]
  readonly relapseMissed: string[]
  readonly relapseTooSoon: string[]
  readonly integrationUnnamed: string[]
}
export interface Judged extends Judge {
  readonly faults: Faults
  readonly counts: { looks: number; messages: number; silentLooks: number; relapses: number; dueIntegrations: number }
}

const REST: Readonly<Record<string, number>> = { 'phq-9': 7, 'gad-7': 7, 'pcl-5': 14, 'urinary-check': 14, 'craving-check': 7, 'audit-c': 28, 'day-after-check': 0, 'alliance-check': 14 }
const WINDOWS: Readonly<Record<number, number>> = { 7: 3, 14: 4, 28: 7, 56: 7, 84: 10, 180: 21 }
const dayNo = (when: Instant) => Math.round(Date.parse(`${localDay(when, zone)}T00:00:00Z`) / DAY_MS)
const wall = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
/** A moment in days since 1970 on the wall, with the part of the day. */
function place(when: Instant): number {
  const known = places.get(when)
  if (known !== undefined) return known
  const [hour, minute] = wall.format(new Date(when)).split(':').map(Number)
  const found = dayNo(when) + (hour! + minute! / 60) / 24
  places.set(when, found)
  return found
}
const places = new Map<Instant, number>()

export function judge(name: string): Judged {
  const faults: Faults = { silentWithoutTask: [], taskWithoutSilence: [], askedAfterAnswer: [], askedWithinRecall: [], relapseMissed: [], relapseTooSoon: [], integrationUnnamed: [] }
  const counts = { looks: 0, messages: 0, silentLooks: 0, relapses: 0, dueIntegrations: 0 }
  let flagged = 0
  const say = (now: Instant, what = '') => `${name} ${now} ${what}`
  return {
    faults, counts,
    look(look) {
      counts.looks += 1
      const { now, steps } = look
      const task = steps.find(({ id }) => id === 'no-answer')
      const silent = silentForms(look)
      if (silent.length > 0) counts.silentLooks += 1
      if (silent.length > 0 && (!task || task.who.length === 0 || task.dueBy === undefined || !['due', 'overdue'].includes(task.state))) faults.silentWithoutTask.push(say(now, silent.join()))
      if (silent.length === 0 && task) faults.taskWithoutSilence.push(say(now, task.title))
      const open = relapsesToDecide(look)
      const said = steps.some(({ id, title }) => id === 'maintenance' && /lost|relapse/i.test(title))
      if (open && !said) faults.relapseMissed.push(say(now))
      if (!open && said) faults.relapseTooSoon.push(say(now))
      if (open && open !== flagged) { flagged = open; counts.relapses += 1 }
      const late = unintegrated(look)
      counts.dueIntegrations += late.length
      for (const number of late) if (!steps.some(({ id, state, who }) => id === `integration-${number}` && state === 'overdue' && who.length > 0)) faults.integrationUnnamed.push(say(now, `integration ${number}`))
    },
    asked({ instrument, at, chart, ask }: Asked) {
      counts.messages += 1
      const given = complete(chart, instrument)
      if (ask.opensAt !== null && given.some((one) => one >= ask.opensAt! && one <= at)) faults.askedAfterAnswer.push(say(at, instrument))
      if (ask.opensAt === null && given.length > 0) faults.askedAfterAnswer.push(say(at, instrument))
      const last = given.findLast((one) => one <= at)
      if (last && dayNo(at) - dayNo(last) < (REST[instrument] ?? 0)) faults.askedWithinRecall.push(say(at, `${instrument} after ${last}`))
    },
  }
}

const complete = (chart: Chart, name: string): Instant[] => chart.all('measure-answered.v1')
  .filter(({ body }) => body.instrument === name && instruments[name as 'phq-9'].items.every(({ id, required }) => !required || typeof body.answers[id] === 'number' || typeof body.answers[id] === 'boolean')).map(({ at }) => at)

/** Forms that were to be answered, were not, and for which nobody wrote why. A day of rest before a window moves its beginning. */
function silentForms({ now, chart }: Look): string[] {
  const notes = chart.all('silence-contact.v1')
  const left = notes.findLast(({ body }) => body.decided === 'left-care')
  if (left && !chart.all('measure-answered.v1').some(({ at, body }) => at > left.at && complete(chart, body.instrument).includes(at))) return []
  const declined = notes.filter(({ body }) => body.decided === 'declined').map(({ at }) => place(at))
  const today = place(now)
  return wanted(chart, now).flatMap(({ form, from, to, at }) => {
    const given = complete(chart, form).map(place)
    if (given.some((day) => day >= from) || declined.some((day) => day >= from)) return []
    const late = Math.min(Math.floor(from) + 6 + 10 / 24, to)
    return today >= late ? [`${form} ${at}`] : []
  })
}

interface Wanted { readonly form: string; readonly from: number; readonly to: number; readonly at: string }

function wanted(chart: Chart, now: Instant): Wanted[] {
  const doses = chart.all('dose-given.v1').map(({ at }) => at).toSorted()
  const visits = chart.all('visits-booked.v1').flatMap(({ body }) => body.visits)
  const firstStart = place(visits[0]!.startsAt)
  const firstEnd = place(doses[0] ?? visits[0]!.endsAt)
  const begun = place(chart.all('visits-booked.v1')[0]!.at)
  const given = (form: string, before: number) => complete(chart, form).map(place).findLast((day) => day < before)
  const rested = (form: string, from: number) => Math.max(from, Math.floor(given(form, from) ?? -Infinity) + (REST[form] ?? 0))
  const before = protocol.measures.baseline.filter((form) => form in REST).flatMap((form) => {
    const from = Math.max(begun, rested(form, firstStart - 14))
    return [...(complete(chart, form).length === 0 ? [{ form, from: begun, to: firstEnd, at: 'intake' }] : []), ...(from < firstEnd ? [{ form, from, to: firstEnd, at: 'baseline' }] : [])]
  })
  const last = doses.at(-1)
  const moreToCome = last !== undefined && visits.some(({ startsAt, endsAt }) => startsAt > last && endsAt > now)
  const followUps = last === undefined || moreToCome ? [] : windowsOf(dayNo(last)).flatMap(([fromDay, toDay, day]) => protocol.measures.followUp.filter((form) => form in REST).flatMap((form) => {
    const from = rested(form, fromDay)
    return from < toDay ? [{ form, from, to: toDay, at: `day ${day}` }] : []
  }))
  return [...before, ...followUps, ...between(chart, now, followUps)]
}

/** Every fourteen days from a dose to the next one, or to the last follow-up: not while a dose or a follow-up asks the same, not in the seven days before one, and not where somebody answered in the week before. */
function between(chart: Chart, now: Instant, followUps: readonly Wanted[]): Wanted[] {
  const doses = chart.all('dose-given.v1').map(({ at }) => at).toSorted()
  const visits = chart.all('visits-booked.v1').flatMap(({ body }) => body.visits)
  const held = (startsAt: Instant) => doses.some((dose) => dayNo(dose) === dayNo(startsAt))
  return ['phq-9', 'gad-7'].flatMap((form) => doses.flatMap((dose) => {
    const given = complete(chart, form).map(place)
    const ahead = visits.map(({ startsAt, endsAt }) => ({ form, from: dayNo(startsAt), to: place(doses.find((one) => dayNo(one) === dayNo(startsAt)) ?? endsAt), at: 'dose' }))
    const asked = [...followUps.filter((one) => one.form === form), ...ahead].filter(({ from, to }) => place(now) < to || given.some((day) => day >= from && day < to))
    const next = visits.find(({ startsAt, endsAt }) => startsAt > dose && (endsAt > now || held(startsAt)))
    const end = next ? dayNo(next.startsAt) - 1 : dayNo(dose) + Math.max(...protocol.followUpDays)
    return Array.from({ length: Math.max(0, Math.floor((end - dayNo(dose)) / 14)) }, (_, at) => dayNo(dose) + 14 * (at + 1)).flatMap((from) => {
      if (asked.some((one) => Math.floor(one.from) <= from && Math.ceil(one.to) - 1 >= from)) return []
      const to = Math.min(from + 13, end, ...asked.filter((one) => Math.floor(one.from) > from).map((one) => Math.floor(one.from) - 7)) + 1
      return to <= from || given.some((day) => day >= from - 6 && day < to) ? [] : [{ form, from, to, at: 'between' }]
    })
  }))
}

/** From, to (not included) and the day it is named after, counted from the last dose. A day that two windows claim is the nearer one's, and the earlier one's where both are as near. */
function windowsOf(zero: number) {
  const around = (day: number) => WINDOWS[day] ?? WINDOWS[Math.max(...Object.keys(WINDOWS).map(Number).filter((known) => known <= day))]!
  const days = protocol.followUpDays.toSorted((a, b) => a - b)
  return days.map((day, at) => {
    const [before, after] = [days[at - 1], days[at + 1]]
    const from = before !== undefined && before + around(before) >= day - around(day) ? Math.floor((before + day) / 2) + 1 : day - around(day)
    const to = after !== undefined && day + around(day) >= after - around(after) ? Math.floor((day + after) / 2) : day + around(day)
    return [zero + from, zero + to + 1, day] as const
  })
}

/** How many relapses were borne out and not decided about; 0 while the course runs, and where there is no score to begin from. */
function relapsesToDecide({ now, chart }: Look): number {
  const doses = chart.all('dose-given.v1').map(({ at }) => at)
  if (doses.length < 6 && chart.all('course-ended.v1').length === 0) return 0
  const scores = chart.all('measure-answered.v1').filter(({ at, body }) => body.instrument === 'phq-9' && at <= now && complete(chart, 'phq-9').includes(at)).map(({ at, body }) => ({ at, score: Object.values(body.answers).reduce<number>((sum, value) => sum + Number(value), 0) }))
  const before = scores.findLast(({ at }) => doses[0] !== undefined && at < doses[0])
  if (!before || Date.parse(doses[0]!) - Date.parse(before.at) > 14 * DAY_MS) return 0
  const decided = chart.all('maintenance-decided.v1').at(-1)?.at ?? ''
  let [responded, lostOn, count, newest] = [false, undefined as number | undefined, 0, '']
  for (const { at, score } of scores.filter((one) => one.at > doses[0]!)) {
    const better = score < 10 || (before.score - score) * 2 >= before.score
    if ((before.score - score) * 2 >= before.score) responded = true
    if (!responded) continue
    if (better) { lostOn = undefined; continue }
    lostOn ??= dayNo(at)
    if (dayNo(at) - lostOn < 5) continue
    ;[responded, lostOn, count, newest] = [false, undefined, count + 1, at]
  }
  return newest > decided ? count : 0
}

/** Sessions whose integration nobody wrote in the 72 hours after the dose. */
function unintegrated({ now, chart }: Look): number[] {
  const written = new Set(chart.all('integration.v1').map(({ body }) => body.session))
  return chart.all('dose-given.v1').flatMap(({ at, session }, place) => (Date.parse(now) - Date.parse(at) > 72 * 3_600_000 && !written.has(session!) ? [place + 1] : []))
}
