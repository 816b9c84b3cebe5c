import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { Entry } from '../../core/chart/entry.ts'
import { ofTheChart } from '../../core/fhir/export/bundle.ts'
import { escapeXml as safe } from '../../core/fhir/export/resource.ts'
import type { ExportSetting } from '../../core/fhir/export/writing.ts'
import { fileOnPage, photoOnPage } from './chart-files.ts'
import { chartStyle } from './chart-style.ts'
import { kindWords, threads, type Thread } from './chart-words.ts'
import { reader, type Reader } from './chart-reading.ts'

export interface ChartPageSetting extends Pick<ExportSetting, 'practice' | 'people' | 'chart' | 'now' | 'instruments' | 'totalOf' | 'files'> {
  /** The practice's own time zone: what people remember is the clock on its wall. */
  readonly zone: string
}

/**
 * A whole chart as one page that needs nothing else: no script, nothing fetched; pictures and sound lie inside it. It reads in any
 * browser in twenty years and prints. Every entry is in it, corrected ones too, each with its number, its time
 * and its author. The private journal and psychotherapy notes are not: they are no part of the chart.
 */
export function chartHtml(entries: readonly Entry[], setting: ChartPageSetting): string {
  const leaving = ofTheChart(entries)
  const chart = readChart(leaving)
  const read = reader(leaving, setting)
  const inOrder = leaving.toSorted((a, b) => compare(a.at, b.at) || (a.seq ?? 0) - (b.seq ?? 0))
  const who = nameOf(chart)
  const sections = threads.map((thread) => section(thread, inOrder, chart, { ...read, body: (entry) => `${read.body(entry)}${fileOnPage(entry, chart, setting.files)}` })).filter(Boolean)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(`Chart of ${who}`)}</title>
<style>${chartStyle(`${who} · chart ${setting.chart}`)}</style>
</head>
<body>
<header>
<p class="practice">${safe(setting.practice.name)}</p>
<h1 dir="auto">${safe(who)}</h1>
${photoOnPage(chart, setting.files)}
${person(chart, read)}
</header>
${carried(chart, read)}
<nav aria-label="Parts of this chart"><ul>${threads.filter((_, place) => sections.some((one) => one.includes(`id="part-${place}"`))).map((thread) => `<li><a href="#part-${threads.indexOf(thread)}">${thread}</a></li>`).join('')}</ul></nav>
<main>
${sections.join('\n')}
</main>
${ending(leaving, setting, read)}
</body>
</html>
`
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function nameOf(chart: Chart): string {
  const body = chart.latest('demographics.v1')?.body
  return body ? `${body.givenName} ${body.familyName}` : 'Name not recorded'
}

function person(chart: Chart, read: Reader): string {
  const body = chart.latest('demographics.v1')?.body
  if (!body) return '<p>No name, birth date or contact is on this chart.</p>'
  const died = body.deceasedOn ? `<p class="notice">Died on ${safe(read.day(body.deceasedOn))}.</p>` : ''
  return `<p dir="auto">Born ${safe(read.day(body.birthDate))}${body.preferredName ? `, called ${safe(body.preferredName)}` : ''}${body.pronouns ? `, ${safe(body.pronouns)}` : ''}</p>${died}`
}

/** What nobody may overlook, on the first page. A list that nobody went through says so; it never looks empty. */
function carried(chart: Chart, read: Reader): string {
  const lists = [
    ['Allergies', 'allergies', chart.all('allergy.v1').filter(({ body }) => body.status === 'active').map(({ body }) => [body.substance, body.reaction].filter(Boolean).join(': '))],
    ['Medicines taken', 'medications', chart.all('medication.v1').filter(({ body }) => body.status === 'active').map(({ body }) => [body.name, body.dosage].filter(Boolean).join(', '))],
    ['Conditions not resolved', 'conditions', chart.all('condition.v1').filter(({ body }) => body.status !== 'resolved').map(({ body }) => body.name)],
  ] as const
  return `<section class="carried" aria-label="What always goes with this person">${lists.map(([title, list, items]) => {
    const review = chart.latest('list-reviewed.v1', (entry) => entry.body.list === list)
    const gone = review ? `Gone through on ${read.time(review.at)}${review.body.none ? ', when none was named' : ''}.` : 'Nobody has gone through this list.'
    return `<div><h2>${title}</h2>${items.length > 0 ? `<ul>${items.map((item) => `<li dir="auto">${safe(item)}</li>`).join('')}</ul>` : '<p>Nothing is recorded.</p>'}<p class="small">${safe(gone)}</p></div>`
  }).join('')}</section>`
}

function section(thread: Thread, entries: readonly Entry[], chart: Chart, read: Reader): string {
  const here = entries.filter((entry) => threadOf(entry) === thread)
  if (here.length === 0) return ''
  const inside = thread === 'Medicine sessions' ? bySession(here, chart, read) : here.map((entry) => article(entry, read)).join('\n')
  return `<section id="part-${threads.indexOf(thread)}"><h2>${thread}</h2>\n${inside}\n</section>`
}

const threadOf = (entry: Entry): Thread => (entry.session === undefined ? kindWords[entry.kind][1] : 'Medicine sessions')

function bySession(entries: readonly Entry[], chart: Chart, read: Reader): string {
  const sessions = [...new Set(entries.map((entry) => entry.session))]
  return sessions.map((session) => {
    const started = chart.latest('session-started.v1', (entry) => entry.id === session)
    const title = started ? `Session ${started.body.number}, ${read.time(started.at)}` : 'Not part of a session'
    return `<h3>${safe(title)}</h3>\n${entries.filter((entry) => entry.session === session).map((entry) => article(entry, read)).join('\n')}`
  }).join('\n')
}

function article(entry: Entry, read: Reader): string {
  const corrected = read.correctedBy(entry.id)
  const marks = [
    corrected && `<p class="notice">Corrected later: see ${corrected}.</p>`,
    entry.amends && `<p class="notice">Corrects ${read.pointer(entry.amends)}.</p>`,
  ].filter(Boolean).join('')
  return `<article id="e-${safe(entry.id)}"${corrected ? ' class="corrected"' : ''}>
<h4><span class="number">${entry.seq === undefined ? 'not yet numbered' : `no. ${entry.seq}`}</span> ${kindWords[entry.kind][0]}</h4>
<p class="small">${safe(read.time(entry.at))} · <bdi>${safe(read.hand(entry))}</bdi>${read.late(entry)}</p>
${marks}${read.body(entry)}
</article>`
}

function ending(entries: readonly Entry[], setting: ChartPageSetting, read: Reader): string {
  const last = entries.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).at(-1)
  const seal = last?.digest ? `<p>The seal of entry ${last.seq ?? ''} is <code>${safe(last.digest)}</code>. It covers every entry before it.</p>` : ''
  return `<footer><p>${entries.length} entries, read on ${safe(read.time(setting.now))}. Times are those of ${safe(setting.zone)}. Corrected entries are shown with what corrects them.</p>${seal}<p>Psychotherapy notes and the private journal are kept apart and are not in this chart.</p></footer>`
}
