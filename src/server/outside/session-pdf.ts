import type { Chart } from '../../core/chart/chart.ts'
import type { Entry, EntryOf } from '../../core/chart/entry.ts'
import { comparedThen } from '../../core/files/photo.ts'
import { gateNames } from '../../core/session/gate-names.ts'
import { isWaiting } from '../../core/session/lanes.ts'
import { isAtLeast } from '../../core/session/level.ts'
import { sayReopened } from '../../core/session/record-matters.ts'
import { lookedAt, ways } from '../../core/session/room-gates.ts'
import { alertActions, closings, roomChecked, sayEntry, type SessionLabels } from '../../core/session/say-entry.ts'
import type { SessionNow } from '../../core/session/session.ts'
import { onDeviceOf, standingSignatures } from '../../core/session/signatures.ts'
import { sayHand, transcriptions } from '../../core/session/transcribed.ts'
import { minutesBetween, type Instant } from '../../core/shared/time.ts'
import { showKg, showMg, showPerKg } from '../../core/shared/units.ts'
import { paper, type Column, type Paper, type Pen, type Printed } from './paper.ts'

export interface SessionPrint {
  readonly practice: string
  readonly patient: string
  readonly birthDate: string
  readonly allergies: string
  readonly day: string
  /** The calendar day of the print, for the document's own date. */
  readonly printedOn: string
  readonly printedAt: string
  readonly time: (at: Instant) => string
  /** A moment with its day, for what may have come days later. */
  readonly dated: (at: Instant) => string
  readonly name: (person: string) => string
  readonly labels: SessionLabels
  /** The seal of the newest entry of the chart that this print was made from, and its number. */
  /** Why the rules it was watched by cannot be read here: then those that ship stand in for them. */
  readonly rulesMissing?: string
  /** What lies sealed at the server, written on devices whose access had ended: nobody has adopted it. */
  readonly notAdopted?: readonly { readonly by: string; readonly entries: number; readonly from: Instant; readonly to: Instant }[]
  readonly seal: { readonly seq: number; readonly digest: string }
}

/**
 * One medicine session as a document to keep: what the record holds, in its order, with who wrote it. It looks
 * nothing up and concludes nothing; what nobody wrote down is said to be missing.
 */
export function sessionPdf(session: SessionNow, chart: Chart, print: SessionPrint): Promise<Printed> {
  const { started, closed } = session
  const page = paper(`Medicine session ${started.body.number}, ${print.patient}`, print.printedOn)
  page.heading(1, `Medicine session ${started.body.number}`)
  if (!closed) page.paragraph('This session has not been closed. What stands here may still change.', true)
  page.pairs([
    ['Patient', print.patient], ['Born', print.birthDate || 'not recorded'], ['Allergies', print.allergies], ['Practice', print.practice], ['Day', print.day],
    ['Began', print.time(started.at)], ['Closed', closed ? `${print.time(closed.at)}, ${closings[closed.body.how]}` : 'not closed'], ['Rules it was watched by', started.body.edition],
  ])
  if (print.rulesMissing) page.paragraph(`${print.rulesMissing} What is said here of alerts and of leaving follows the rules that ship.`, true)
  for (const { by, entries, from, to } of print.notAdopted ?? []) page.paragraph(`${entries} ${entries === 1 ? 'entry' : 'entries'} by ${by}, written on a device whose access ended, ${print.time(from)} to ${print.time(to)}: not part of the record until adopted.`, true)
  standing(page, session, chart, print)
  people(page, session, print)
  doses(page, session, chart, print)
  readings(page, session, print)
  alarms(page, session, print)
  effects(page, session, print)
  leaving(page, session, print)
  if (started.body.route === 'IN-esketamine') esketamine(page, session, print)
  log(page, session, chart, print)
  notes(page, session, print)
  page.gap()
  page.paragraph(`Printed ${print.printedAt} from entry ${print.seal.seq} of the chart, sealed ${print.seal.digest}.`)
  return page.finish()
}

/** Before anything else: whether this was typed from paper, whether anybody compared it, and whether something waits to be looked at. */
function standing(page: Paper, { session }: SessionNow, chart: Chart, { time, dated, name }: SessionPrint) {
  const reopened = sayReopened(chart, session, { name, time: dated })
  if (reopened) page.paragraph(`This record is ${reopened} They stand at the end and are not part of what is said here.`, true)
  for (const { entry, state, checks } of transcriptions(chart).filter((one) => one.entry.session === session)) {
    const compared = state === 'checked' ? `Compared with the paper by ${checks.map(({ body }) => body.signature.name).at(-1)!}.` : state === 'differs' ? 'Compared with the paper, and not everything agrees: what differs is open.' : 'Transcribed, not yet checked: nobody has compared it with the paper.'
    page.paragraph(`Typed from paper by ${name(entry.by)}, ${entry.body.lines.length} ${entry.body.lines.length === 1 ? 'entry' : 'entries'} written there by ${entry.body.wrote}. ${entry.body.why} ${compared}`, true)
    const unmet = checks.at(-1)?.body.unmet ?? entry.body.unmet
    if (unmet.length === 0) continue
    page.heading(2, 'What was not met when it was done on paper')
    page.table([{ title: 'At', share: 2 }, { title: 'Before', share: 3 }, { title: 'What', share: 4 }, { title: 'As it stood then', share: 9 }], unmet.map(({ at, step, gate, state: how, says }) => [time(at), step === undefined ? 'the session' : `dose, step ${step}`, gateNames[gate] ?? gate, `${how === 'unknown' ? 'Not known: ' : ''}${says}`]))
  }
}

/** By whose hand: what was typed from paper names the paper's, the typist's and the one who compared it. */
const handOf = ({ paper: { marks } }: SessionNow, entry: Entry, name: SessionPrint['name']): string => { const mark = marks.get(entry.id); return mark ? sayHand(mark, name) : name(entry.by) }

function people(page: Paper, session: SessionNow, { time, name }: SessionPrint) {
  const { stays, entries, room: { kit, reachable } } = session
  page.heading(2, 'People')
  if (stays.length === 0) page.paragraph('The record does not show who was in the room.')
  else page.table([{ title: 'Who', share: 5 }, { title: 'As', share: 3 }, { title: 'From', share: 2 }, { title: 'To', share: 2 }, { title: 'Handed over to', share: 4 }],
    stays.map((stay) => [stay.name, stay.role, time(stay.from), stay.until ? time(stay.until) : '', stay.handedOverTo ? `${name(stay.handedOverTo)}${stay.readBack ? ', read back' : ', not read back'}` : '']))
  const identity = entries.latest('identity-checked.v1')
  page.paragraph(identity ? `Identity checked at ${time(identity.at)} by ${identity.body.by.map((way) => way.replace('-', ' ')).join(' and ')} (${handOf(session, identity, name)}).` : 'The record does not show that identity was checked.')
  const compared = session.entries.latest('photo-compared.v1')
  if (compared) page.paragraph(`At ${time(compared.at)} ${comparedThen[compared.body.found]} (${handOf(session, compared, name)}).`)
  page.paragraph(kit ? `${roomChecked(kit)}. Looked through at ${time(lookedAt(kit))}${kit.body.confirms ? `, written down by ${name(kit.by)}` : ` by ${name(kit.by)}`}.` : 'The record does not show that the emergency kit was checked.')
  page.paragraph(reachable ? `${reachable.body.name} was the prescriber to reach, ${ways[reachable.body.by]}, until ${time(reachable.body.until)} (${name(reachable.by)}).` : 'The record does not show that a prescriber could be reached.')
}

function doses(page: Paper, session: SessionNow, chart: Chart, { time, name }: SessionPrint) {
  const { doses: given, started, entries, late, paper: { marks } } = session
  const by = (entry: Entry) => { const mark = marks.get(entry.id); return mark ? `${mark.paperBy || 'not named'} (on paper)` : name(entry.by) }
  page.heading(2, 'Order and doses')
  const order = chart.entry(started.body.order)
  if (order?.kind === 'order.v1') page.pairs([['Order', `${showMg(order.body.doseUg)} ${order.body.route}, ${showPerKg(order.body.doseUg, order.body.weightG)} at ${showKg(order.body.weightG)}; booster ${order.body.boosterUg > 0 ? `up to ${showMg(order.body.boosterUg)}` : 'none'}; at most ${showMg(order.body.maxTotalUg)}`], ['Signed by', order.body.signature.name]])
  else page.paragraph('The order that this session began with is not on this chart.')
  const cameLate = late.some((one) => isWaiting(one) && one.entry.kind === 'dose-given.v1')
  if (cameLate) page.paragraph('A dose reached the record after the close. It stands at the end and is not counted here: what was given in all has to be settled first.', true)
  if (given.steps.length === 0) { if (!cameLate) page.paragraph('No dose is in the record.'); return }
  page.table([{ title: 'Step', share: 1.5 }, { title: 'At', share: 2 }, { title: 'Dose', share: 3 }, { title: 'Prepared', share: 3 }, { title: 'Confirmed', share: 3 }, { title: 'Given', share: 3 }, { title: 'Lot', share: 2 }],
    given.steps.flatMap(({ step, given: records, stands }) => records.map((record) => {
      const prepared = entries.list.find(({ id }) => id === record.body.prepared)
      const doubt = stands === undefined ? ' (in doubt)' : stands.id === record.id ? '' : ' (does not stand)'
      return [`${step}${doubt}`, time(record.at), `${showMg(record.body.doseUg)} ${record.body.route}`, prepared ? by(prepared) : 'not in the record', marks.has(record.id) ? confirmedOn(record, entries, by) : name(record.body.confirmedBy), record.body.selfAdministered ? `the person, watched by ${by(record)}` : by(record), prepared?.kind === 'dose-prepared.v1' ? prepared.body.lot : '']
    })))
  if (!cameLate) page.paragraph(given.totalUg === undefined ? 'A step stands in several records: what was given in all is in doubt.' : `Given in all: ${showMg(given.totalUg)}.`, true)
}

function confirmedOn(record: EntryOf<'dose-given.v1'>, entries: SessionNow['entries'], by: (entry: Entry) => string): string {
  const confirmed = entries.list.find(({ id }) => id === record.body.confirmed)
  return confirmed ? by(confirmed) : 'not on the paper'
}

const readingColumns: readonly Column[] = [
  { title: 'At', share: 2 }, { title: 'BP', share: 2.6 }, { title: 'Pulse', share: 2 }, { title: 'Resp.', share: 2 }, { title: 'SpO2', share: 2.4 }, { title: 'Temp.', share: 2.1 }, { title: 'MOAA/S', share: 2.7 }, { title: 'RASS', share: 2.1 }, { title: 'Orient.', share: 2.5 }, { title: 'Due', share: 2 }, { title: 'By', share: 5 },
]

function readings(page: Paper, session: SessionNow, { time, name }: SessionPrint) {
  page.heading(2, 'Readings')
  const entries = [...session.entries.all('vitals.v1'), ...session.entries.all('mental-status.v1'), ...session.entries.all('vitals-missed.v1')].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  if (entries.length === 0) { page.paragraph('No reading is in the record.'); return }
  // What one person read in one moment is one line.
  const together = new Map<string, (typeof entries)[number][]>()
  for (const entry of entries) {
    const key = `${entry.at} ${entry.by} ${entry.kind === 'vitals-missed.v1' || together.get(`${entry.at} ${entry.by} `)?.some(({ kind }) => kind === entry.kind) ? entry.id : ''}`
    together.set(key, [...(together.get(key) ?? []), entry])
  }
  page.table(readingColumns, [...together.values()].map((line) => {
    const [first] = line as [(typeof entries)[number]]
    if (first.kind === 'vitals-missed.v1') return [time(first.at), 'not taken', '', '', '', '', '', '', '', time(first.body.plannedFor), `${handOf(session, first, name)}: ${first.body.reason}`]
    const vitals = line.find((entry) => entry.kind === 'vitals.v1')?.body
    const mind = line.find((entry) => entry.kind === 'mental-status.v1')?.body
    const pressure = vitals?.systolicMmHg === undefined && vitals?.diastolicMmHg === undefined ? '' : `${vitals.systolicMmHg ?? '–'}/${vitals.diastolicMmHg ?? '–'}`
    return [
      time(first.at), pressure, shown(vitals?.heartRatePerMin), shown(vitals?.respiratoryRatePerMin), vitals?.spo2Percent === undefined ? '' : `${vitals.spo2Percent} %${vitals.onRoomAir === false ? ' O2' : ''}`, vitals?.temperatureDeciC === undefined ? '' : String(vitals.temperatureDeciC / 10),
      shown(mind?.moaaS), shown(mind?.rass), shown(mind?.orientation), vitals?.plannedFor ? time(vitals.plannedFor) : '', handOf(session, first, name),
    ]
  }))
  page.paragraph('BP in mmHg, pulse and breaths a minute, temperature in °C. A blank means that the value was not taken.')
  figure(page, session, time)
}
const shown = (value: number | undefined) => (value === undefined ? '' : String(value))

const TALL = 150
const LEFT = 26
const BOTTOM = 14

/** Pressure and pulse on one scale, saturation on its own below the same clock, each dose a line across. */
function figure(page: Paper, { entries, doses: { steps } }: SessionNow, time: (at: Instant) => string) {
  const vitals = entries.all('vitals.v1')
  if (vitals.length < 2) return
  const from = vitals[0]!.at
  const span = Math.max(1, minutesBetween(from, vitals.at(-1)!.at))
  const values = vitals.flatMap(({ body }) => [body.systolicMmHg, body.diastolicMmHg, body.heartRatePerMin, body.spo2Percent].filter((value) => value !== undefined))
  if (values.length === 0) return
  const tens = 10
  const [low, high] = [Math.floor(Math.min(...values) / tens) * tens, Math.ceil(Math.max(...values) / tens) * tens]
  page.figure('Pressure, pulse and saturation over the session. The same numbers stand in the table above.', TALL, (pen) => {
    const x = (at: Instant) => LEFT + ((pen.width - LEFT) * minutesBetween(from, at)) / span
    const y = (value: number) => (TALL - BOTTOM) * (1 - (value - low) / Math.max(1, high - low))
    axes(pen, low, high, y)
    for (const { stands } of steps) if (stands && stands.at >= from) { pen.line([[x(stands.at), 0], [x(stands.at), TALL - BOTTOM]], { weight: 0.5, dash: [1, 2] }); pen.text(x(stands.at) + 2, 0, `${showMg(stands.body.doseUg)} ${time(stands.at)}`) }
    const series = (of: (body: EntryOf<'vitals.v1'>['body']) => number | undefined, look: { dash?: readonly [number, number]; weight?: number }) => {
      const points = vitals.flatMap(({ at, body }) => { const value = of(body); return value === undefined ? [] : [[x(at), y(value)] as const] })
      pen.line(points, look)
      for (const [left, top] of points) pen.dot(left, top)
    }
    series((body) => body.systolicMmHg, { weight: 1.2 })
    series((body) => body.diastolicMmHg, { weight: 1.2 })
    series((body) => body.heartRatePerMin, { dash: [4, 2] })
    series((body) => body.spo2Percent, { dash: [1, 1.5] })
    pen.text(LEFT, TALL - BOTTOM + 3, `${time(from)}`)
    pen.text(pen.width - 24, TALL - BOTTOM + 3, time(vitals.at(-1)!.at))
  })
  page.paragraph('Whole lines: pressure, mmHg. Dashed: pulse a minute. Dotted: saturation, %.')
}

function axes(pen: Pen, low: number, high: number, y: (value: number) => number) {
  const step = Math.max(20, Math.ceil((high - low) / 100) * 20)
  for (let value = low; value <= high; value += step) {
    pen.line([[LEFT, y(value)], [pen.width, y(value)]], { weight: 0.3, grey: 0.7 })
    pen.text(0, y(value) - 4, String(value))
  }
}

function alarms(page: Paper, { alerts }: SessionNow, { time, name }: SessionPrint) {
  page.heading(2, 'What called for attention')
  if (alerts.all.length === 0) { page.paragraph('Nothing that was written down raised an alert.'); return }
  page.table([{ title: 'At', share: 2 }, { title: 'Level', share: 2 }, { title: 'What, and the rule', share: 8 }, { title: 'Answered', share: 6 }], alerts.all.map((alert) => [
    time(alert.at), alert.level, alert.says,
    alert.answers.length > 0 ? alert.answers.map(({ by, at, body }) => `${time(at)} ${name(by)}: ${alertActions[body.action].toLowerCase()}${body.note ? `, ${body.note}` : ''}`).join('; ') : alert.fromPaper ? 'read from paper: it would have called people then' : isAtLeast(alert.level, 'orange') && !alert.superseded ? 'no answer in the record' : '',
  ]))
}

function effects(page: Paper, { sideEffects }: SessionNow, { time }: SessionPrint) {
  page.heading(2, 'Side effects')
  if (sideEffects.length === 0) { page.paragraph('No side effect was written down.'); return }
  page.table([{ title: 'What', share: 6 }, { title: 'Grade', share: 1.6 }, { title: 'From', share: 2 }, { title: 'To', share: 2 }, { title: 'What was done', share: 5 }, { title: 'To be reported', share: 3 }],
    sideEffects.map(({ entry: { body }, row, ongoing, report }) => [row ? `${row.label} (${row.standard.term})` : body.term, String(body.grade), time(body.onsetAt), body.endedAt ? time(body.endedAt) : ongoing ? 'goes on' : '', body.action, report.join(', ').replaceAll('-', ' ')]))
}

function leaving(page: Paper, session: SessionNow, { time, name }: SessionPrint) {
  const { discharge, escort } = session
  page.heading(2, 'Going home')
  const { check, assessed, signed } = discharge
  page.paragraph(assessed ? `Assessed at ${time(assessed.at)} by ${handOf(session, assessed, name)}.` : 'An assessment for going home is not in the record.')
  page.table([{ title: 'Rule', share: 1.5 }, { title: 'Asks', share: 11 }, { title: 'As the record stands', share: 4 }], check.rules.map(({ rule, asks, state }) => [rule, asks, state === 'met' ? 'met' : state === 'not-met' ? 'not met' : 'cannot be judged']))
  const standing = standingSignatures(assessed, signed)
  page.paragraph(standing.length > 0 ? `Signed by ${standing.map(({ body, at }) => `${body.signature.name}${onDeviceOf(body.signature.lent)}, ${body.role === 'rn' ? 'nurse under a standing order' : body.role}, ${time(at)}`).join('; ')}.` : 'Nobody has signed for going home.', true)
  page.paragraph(escort ? `${escort.body.name}${escort.body.kind === 'rideshare' ? ', a driver of a ride service,' : ''} was there at ${time(escort.at)} to go home with (${escort.body.idNoted || 'no identification'}).` : 'Who went home with the person is not in the record.')
}

/** What the manufacturer's monitoring form asks for, in one place to copy from. Nothing is sent anywhere. */
function esketamine(page: Paper, session: SessionNow, { time, name }: SessionPrint) {
  const { doses: { steps, firstAt }, entries, sideEffects, closed, late } = session
  const vitals = entries.all('vitals.v1')
  const minds = entries.all('mental-status.v1')
  const pressure = (entry: EntryOf<'vitals.v1'> | undefined) => (entry ? `${entry.body.systolicMmHg ?? '–'}/${entry.body.diastolicMmHg ?? '–'} at ${time(entry.at)}` : 'not in the record')
  const after = firstAt === undefined ? [] : vitals.filter(({ at }) => at > firstAt)
  const awake = minds.filter(({ at, body }) => firstAt !== undefined && at > firstAt && body.moaaS !== undefined)
  const rated = entries.all('rating.v1').filter(({ at, body }) => body.scale === 'dissociation' && firstAt !== undefined && at > firstAt)
  const sleepy = awake.filter(({ body }) => body.moaaS! < AWAKE)
  const apart = rated.filter(({ body }) => body.value > 0)
  page.heading(2, 'For the esketamine monitoring form')
  page.pairs([
    ['Dose given', steps.length > 0 ? steps.map(({ stands }) => (stands ? `${showMg(stands.body.doseUg)} at ${time(stands.at)}` : 'in doubt')).join('; ') : late.some(({ entry }) => entry.kind === 'dose-given.v1') ? 'reached the record after the close, see there' : 'none in the record'],
    ['Watched by', entries.all('checked-in.v1').map(({ body }) => `${body.name} (${body.role})`).join('; ') || 'not in the record'],
    ['Pressure before the dose', pressure(vitals.findLast(({ at }) => firstAt === undefined || at <= firstAt))],
    ['Pressures after the dose', after.length > 0 ? after.map(pressure).join('; ') : 'not in the record'],
    ['Sedation written down', sleepy.length > 0 ? `from ${time(sleepy[0]!.at)} to ${time(sleepy.at(-1)!.at)}, deepest MOAA/S ${Math.min(...sleepy.map(({ body }) => body.moaaS!))}` : awake.length > 0 ? 'none written down' : 'not assessed after the dose'],
    ['Dissociation written down', apart.length > 0 ? `from ${time(apart[0]!.at)} to ${time(apart.at(-1)!.at)}, highest ${Math.max(...apart.map(({ body }) => body.value))} of 10` : rated.length > 0 ? 'none written down' : 'not asked after the dose'],
    ['Serious or reportable effects', sideEffects.filter(({ report }) => report.length > 0).map(({ entry, row }) => `${row?.label ?? entry.body.term}, grade ${entry.body.grade}`).join('; ') || 'none written down'],
    ['Left', closed ? `${time(closed.at)}, ${closings[closed.body.how]} (${handOf(session, closed, name)})` : 'not closed'],
  ])
}
/** The top of the scale. */
const AWAKE = 5

/** An entry, and below it what it took the place of: nothing that was written is left out. */
function log(page: Paper, session: SessionNow, chart: Chart, { time, dated, name, labels }: SessionPrint) {
  const taken = new Map(session.late.flatMap(({ entry, review }) => (review ? [[entry.id, review] as const] : [])))
  const line = (entry: Entry, begin = '') => [time(entry.at), begin + sayEntry(entry, { session, name, labels }), `${handOf(session, entry, name)}${taken.has(entry.id) ? `; came late, taken in by ${name(taken.get(entry.id)!.by.by)}` : ''}`]
  const replaced = (entry: Entry, seen: readonly string[] = []): string[][] => {
    const before = entry.amends === undefined || seen.includes(entry.amends) ? undefined : chart.entry(entry.amends)
    return before ? [line(before, 'Corrected since: '), ...replaced(before, [...seen, entry.amends!])] : []
  }
  page.heading(2, 'Everything that was written down')
  page.table([{ title: 'At', share: 2 }, { title: 'What', share: 12 }, { title: 'By', share: 4 }], session.entries.list.filter(({ kind }) => kind !== 'session-narrative.v1').flatMap((entry) => [line(entry), ...replaced(entry)]))
  if (session.late.length === 0) return
  page.heading(2, 'Came after the close')
  page.table([{ title: 'Happened', share: 2 }, { title: 'What', share: 8 }, { title: 'By', share: 3.5 }, { title: 'Why it stands here', share: 3.5 }, { title: 'Looked at', share: 5 }], session.late.map(({ entry, why, review }) => [
    time(entry.at), sayEntry(entry, { session, name, labels }), handOf(session, entry, name), `${why.replaceAll('-', ' ')}${entry.receivedAt ? `, on ${dated(entry.receivedAt)}` : ''}`,
    review ? `${review.found === 'taken' ? 'taken into the record' : `left aside: ${review.reason}`}, ${review.by.body.signature.name}, ${dated(review.by.at)}` : 'waits for a clinician',
  ]))
}

function notes(page: Paper, { entries }: SessionNow, { time }: SessionPrint) {
  const signed = entries.all('session-narrative.v1')
  page.heading(2, 'Notes')
  if (signed.length === 0) page.paragraph('No note of this session has been signed.')
  for (const { at, body } of signed) {
    page.paragraph(body.text)
    page.paragraph(`Signed by ${body.signature.name}, ${time(at)}. ${body.edition ? `Drafted in the sentences of ${body.edition}.` : 'The record does not name the edition it was drafted in.'}`, true)
  }
}
