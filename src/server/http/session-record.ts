import { mayRead } from '../../core/access/policy.ts'
import { theServer } from '../../core/chart/entry.ts'
import { readChart } from '../../core/chart/chart.ts'
import { readSession } from '../../core/session/session.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { sessionPdf } from '../outside/session-pdf.ts'
import { editionNamed } from '../rulebook.ts'
import { chartRow, readEntries } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import { quarantineRows, type QuarantineRow } from '../store/quarantine.ts'
import { peopleOf } from './export.ts'
import { Problem } from './problems.ts'
import { shownRow } from './quarantine.ts'
import type { Handlers } from './shell.ts'

/** The record of one session as a document, read by the rules that the session was watched by. */
export const sessionRecordHandlers: Handlers<'sessionRecord'> = {
  async sessionRecord({ params }, here) {
    const row = await chartRow(here, params.chart)
    if (!row) throw new Problem('chart.unseen')
    const entries = (await readEntries(here, params.chart)).filter((entry) => mayRead(entry.kind, here.standings))
    const chart = readChart(entries)
    const started = chart.entry(params.session)
    const { name: practice, zone } = await practiceRow(here)
    const edition = await editionNamed(here, started?.kind === 'session-started.v1' ? started.body.edition : '', 'now')
    const session = readSession(chart, params.session, sessionRowsOf(edition.book), { now: here.now, zone })
    if (!session.ok) throw new Problem('not-found')
    const people = new Map<string, string>([[theServer, 'the server'], ...(await peopleOf(here, params.chart, entries)).map(({ id, name }) => [id, name] as const)])
    const shown = (options: Intl.DateTimeFormatOptions, at: string) => new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone }).format(new Date(at))
    const allergies = chart.all('allergy.v1').filter(({ body }) => body.status === 'active').map(({ body }) => body.substance)
    const gone = chart.latest('list-reviewed.v1', ({ body }) => body.list === 'allergies')
    const last = entries.at(-1)!
    const { bytes } = await sessionPdf(session.value, chart, {
      practice, patient: row.name, birthDate: chart.latest('demographics.v1')?.body.birthDate ?? '', allergies: allergies.length > 0 ? allergies.join(', ') : gone?.body.none ? 'none' : 'not asked',
      day: shown({ dateStyle: 'full' }, session.value.started.at), printedOn: localDay(here.now, zone), printedAt: shown({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }, here.now),
      time: (at) => shown({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at), dated: (at) => shown({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }, at), name: (person) => people.get(person) ?? 'somebody no longer listed', labels: sessionLabels, seal: { seq: last.seq, digest: last.digest }, ...(edition.broken ? { rulesMissing: edition.broken } : {}), ...notAdopted(await quarantineRows(here, params.chart), params.session),
    })
    here.reply.type('application/pdf').header('content-disposition', `attachment; filename="session-${session.value.started.body.number}-${localDay(session.value.started.at, zone)}.pdf"`).header('cache-control', 'no-store')
    return Buffer.from(bytes)
  },
}

/** What was written on a device whose access had ended is said to be there, and is no part of the record until somebody adopts it. */
function notAdopted(rows: readonly Omit<QuarantineRow, 'sealed'>[], session: string) {
  const open = rows.filter((row) => row.session === session).map(shownRow).filter(({ state }) => state === 'open')
  return open.length > 0 ? { notAdopted: open.map(({ by, entries, from, to }) => ({ by: by.name, entries, from, to })) } : {}
}
