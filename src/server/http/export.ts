import type { Entry } from '../../core/chart/entry.ts'
import { exportBundle } from '../../core/fhir/export/bundle.ts'
import { entryLines } from '../../core/fhir/export/lines.ts'
import type { ExportSetting } from '../../core/fhir/export/writing.ts'
import { instrumentCodes } from '../../core/measures/codes.ts'
import { instrumentOf, type Instrument, type Instruments } from '../../core/measures/instrument.ts'
import { score } from '../../core/measures/score.ts'
import { mayRead } from '../../core/access/policy.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { asBase64, filesNamed } from '../files-of-chart.ts'
import { ownJournal } from '../own-journal.ts'
import { chartHtml } from '../outside/chart-html.ts'
import { zip } from '../outside/zip.ts'
import { readEntries, team } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import type { Handlers, Here } from './shell.ts'

/** A chart as far as this person may read it, in a form that can be read without us. The journal and psychotherapy notes are other streams: only what a patient takes along herself has her own journal beside it. */
export const exportHandlers: Handlers<'export'> = {
  async export({ params, query }, here) {
    const entries = (await readEntries(here, params.chart)).filter((entry) => mayRead(entry.kind, here.standings))
    const file = (kind: string, type: string) => here.reply.type(type).header('content-disposition', `attachment; filename="chart-${params.chart.slice(0, 8)}.${kind}"`).header('cache-control', 'no-store')
    if (query.as === 'ndjson') {
      file('ndjson', 'application/x-ndjson; charset=utf-8')
      return entryLines(entries, { practice: here.actor.practice, chart: params.chart })
    }
    const { zone, setting } = await exportSetting(here, params.chart, entries)
    if (query.as === 'html') {
      file('html', 'text/html; charset=utf-8')
      return chartHtml(entries, { ...setting, zone })
    }
    const fhir = JSON.stringify(exportBundle(entries, setting))
    if (query.as === 'zip') {
      file('zip', 'application/zip')
      const text = (name: string, words: string) => ({ name, bytes: Buffer.from(words, 'utf8') })
      return zip([
        text('record.html', chartHtml(entries, { ...setting, zone })), text('record.fhir.json', fhir), text('record.entries.ndjson', entryLines(entries, { practice: here.actor.practice, chart: params.chart })),
        // Hers alone: asked by anybody else there is none.
        ...(mayRead('journal.v1', here.standings) ? await ownJournal(here, params.chart, zone) : []),
      ], here.now)
    }
    file('json', 'application/fhir+json; charset=utf-8')
    return fhir
  },
}

const instruments: Instruments = rulebook.instruments
const codes = Object.values<Instrument>(rulebook.instruments).map(instrumentCodes)
const totalOf: ExportSetting['totalOf'] = (id, answers) => {
  const instrument = instrumentOf(instruments, id)
  return instrument ? score(instrument, answers).total : null
}

async function exportSetting(here: Here, chart: string, entries: readonly Entry[]) {
  const { name, zone, settings } = await practiceRow(here)
  const people = await peopleOf(here, chart, entries)
  const { rows } = await here.client.query<{ identifiers: string[] }>('select identifiers from app.chart where practice_id = $1 and chart_id = $2', [here.actor.practice, chart])
  const identifiers = (rows[0]?.identifiers ?? []).map((one) => ({ system: one.slice(0, one.lastIndexOf('|')), value: one.slice(one.lastIndexOf('|') + 1) }))
  const setting: ExportSetting = { practice: { id: here.actor.practice, name, ...(typeof settings.phone === 'string' ? { phone: settings.phone } : {}) }, people, chart, identifiers, baseUrl: here.shell.origin(), now: here.now, instruments: codes, totalOf, files: asBase64(await filesNamed(here, chart, entries)) }
  return { zone, setting }
}

/** The care team as it stands, the patient, and whoever wrote something here without being on the team, or any more. */
export async function peopleOf(here: Here, chart: string, entries: readonly Entry[]): Promise<ExportSetting['people']> {
  const listed = (await team(here, chart)).map(({ person, name, role }) => ({ id: person, name, role: role as string }))
  const { rows } = await here.client.query<{ id: string; name: string; role: string }>(
    `select p.person_id as id, p.given_name || ' ' || p.family_name as name, case when p.person_id = c.patient_id then 'patient' else '' end as role
       from app.chart c join app.person p on p.practice_id = c.practice_id and (p.person_id = c.patient_id or p.person_id = any ($3))
      where c.practice_id = $1 and c.chart_id = $2 order by p.family_name, p.person_id`, [here.actor.practice, chart, [...new Set(entries.map(({ by }) => by))]])
  return [...listed, ...rows.filter(({ id }) => !listed.some((one) => one.id === id))]
}
