import { readChart } from '../../core/chart/chart.ts'
import { theServer, type Entry, type EntryOf } from '../../core/chart/entry.ts'
import { marksOf, sayHand } from '../../core/session/transcribed.ts'
import { escapeXml as safe } from '../../core/fhir/export/resource.ts'
import { spaced } from '../../core/fhir/export/history.ts'
import type { ChartPageSetting } from './chart-html.ts'
import { amountOf, labelOf } from './chart-words.ts'

/** Turns what an entry holds into what a person reads. Everything it gives back as HTML is escaped already. */
export interface Reader {
  readonly time: (instant: string) => string
  readonly day: (day: string) => string
  readonly person: (id: string) => string
  /** A link to another entry of the chart, as HTML. */
  readonly pointer: (id: string) => string
  readonly correctedBy: (id: string) => string | undefined
  /** By whose hand: what was typed from paper names the paper's, the typist's, and whoever compared it or that nobody did. */
  readonly hand: (entry: Entry) => string
  readonly late: (entry: Entry) => string
  readonly body: (entry: Entry) => string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const DAY = /^\d{4}-\d\d-\d\d$/

export function reader(entries: readonly Entry[], setting: ChartPageSetting): Reader {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: setting.zone, day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' })
  const calendar = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const corrections = new Map(entries.flatMap((entry) => (entry.amends ? [[entry.amends, entry.id] as const] : [])))
  const people = new Map([...setting.people.map((one) => [one.id, one.name] as const), [theServer, 'the server']])
  const visits = visitNames(entries)
  const marks = marksOf(readChart(entries))
  const time = (instant: string) => format(clock, instant)
  const day = (one: string) => format(calendar, `${one}T00:00:00Z`, one)
  const person = (id: string) => people.get(id) ?? 'somebody no longer listed here'
  const pointer = (id: string) => {
    const entry = byId.get(id)
    return entry ? `<a href="#e-${safe(id)}">${entry.seq === undefined ? 'an entry' : `no. ${entry.seq}`}</a>` : `<code>${safe(id)}</code>`
  }
  const word = (key: string, value: string): string => {
    if (UUID.test(value)) return people.has(value) ? safe(person(value)) : byId.has(value) ? pointer(value) : (visits.has(value) ? safe(visits.get(value) ?? '') : `<code>${safe(value)}</code>`)
    if (INSTANT.test(value)) return safe(time(value))
    if (DAY.test(value)) return safe(day(value))
    if (key === 'fact') return safe(spaced(value))
    return /^[0-9a-f]{64}$/.test(value) ? `<code>${value}</code>` : safe(value)
  }
  const show = (key: string, value: unknown): string => {
    if (value === undefined || value === '') return ''
    if (value === null) return 'not answered'
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    if (typeof value === 'number') return safe(amountOf(key, value))
    if (typeof value === 'string') return word(key, value)
    if (Array.isArray(value)) return value.length === 0 ? 'none listed' : `<ul>${value.map((one) => `<li dir="auto">${inLine(one) ?? show(key, one)}</li>`).join('')}</ul>`
    return pairs(fieldsOf(value).map(([inner, one]) => [labelOf(inner), show(inner, one)]))
  }
  // A person's name says who; their id would say it twice.
  const fieldsOf = (value: object) => Object.entries(value).filter(([key]) => !(key === 'person' && 'name' in value))
  /** One thing of a list on one line, where it holds nothing but plain values. */
  const inLine = (value: unknown): string | undefined => {
    if (typeof value !== 'object' || value === null || Object.values(value).some((one) => typeof one === 'object')) return undefined
    return fieldsOf(value).map(([key, one]) => [key, show(key, one)] as const).filter(([, html]) => html !== '').map(([key, html]) => (plainly.has(key) ? html : `<span class="small">${safe(labelOf(key))}</span> ${html}`)).join(' · ')
  }
  return {
    time, day, person, pointer,
    hand: (entry) => { const mark = marks.get(entry.id); return mark ? sayHand(mark, person) : person(entry.by) },
    correctedBy: (id) => (corrections.has(id) ? pointer(corrections.get(id) ?? '') : undefined),
    late: (entry) => (Date.parse(entry.writtenAt) - Date.parse(entry.at) > LATE_MS ? ` · written down ${safe(time(entry.writtenAt))}` : ''),
    body: (entry) => (entry.kind === 'measure-answered.v1' ? answers(entry, setting) : show('', entry.body)),
  }
}

/** Fields whose values say by themselves what they are. */
const plainly = new Set(['name', 'who', 'phone', 'display', 'code', 'text', 'step', 'role', 'says', 'service', 'substance'])

/** From two minutes on, a reader should know that an entry was written from memory. */
const LATE_MS = 120_000

const pairs = (rows: readonly (readonly [label: string, html: string])[]) =>
  `<dl>${rows.filter(([, html]) => html !== '').map(([label, html]) => `<div><dt>${safe(label)}</dt><dd dir="auto">${html}</dd></div>`).join('')}</dl>`

function format(to: Intl.DateTimeFormat, instant: string, otherwise = instant): string {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? otherwise : to.format(at)
}

/** Visits by what they are and when they are, since nobody knows them by their ids. */
function visitNames(entries: readonly Entry[]): Map<string, string> {
  const booked = entries.flatMap((entry) => (entry.kind === 'visits-booked.v1' || entry.kind === 'therapy-continued.v1' ? entry.body.visits : entry.kind === 'visit-moved.v1' ? [entry.body.to] : []))
  return new Map(booked.map((visit) => [visit.visit, `${visit.type} visit of ${visit.localStart.replace('T', ', ')}`]))
}

/** Answers in the words of the form, where the form's licence lets its words be printed. */
function answers({ body }: EntryOf<'measure-answered.v1'>, setting: ChartPageSetting): string {
  const instrument = setting.instruments.find((one) => one.id === body.instrument)
  const total = setting.totalOf(body.instrument, body.answers)
  const asked = Object.entries(body.answers).map(([item, value]) => {
    const row = instrument?.items.find((one) => one.item === item)
    const amount = typeof value === 'boolean' ? Number(value) : value
    const said = row?.answers.find((answer) => answer.value === amount)?.display
    return [row?.text ?? `Item ${item}`, value === null ? 'not answered' : safe(said ? `${said} (${String(amount)})` : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))] as const
  })
  return pairs([
    ['Form', safe(`${instrument?.name ?? body.instrument}, version ${body.version}`)], ['Answered by', body.answeredBy], ['Total', total === null ? 'no total: an answer is missing, or the form has none' : String(total)], ...asked,
  ])
}
