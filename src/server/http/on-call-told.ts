import type { Entry, StoredEntry } from '../../core/chart/entry.ts'
import { openRisks } from '../../core/measures/open-risks.ts'
import { callCircle } from '../on-call.ts'
import { endAlarm, openAlarms, spokenAbout } from '../store/on-call.ts'
import type { Situation } from './follow.ts'
import { riskRows } from './risk-rows.ts'

/** Calls whoever is on call about each risk that has just opened, and settles what was called before: closed, or spoken about. Answers who was called. */
export async function callAboutRisks({ client, practice, chart, now, name, zone, edition, read }: Situation, fresh: readonly StoredEntry[], origin: string): Promise<string[]> {
  const risks = openRisks(read, now, riskRows(edition.book, zone))
  for (const { entry } of await openAlarms(client, practice, chart)) {
    const risk = risks.find(({ opened }) => opened === entry)
    const spoken = read.all('risk-contact.v1').find(({ id, body }) => body.reached && risk?.contacts.includes(id))
    if (!risk) await endAlarm(client, practice, entry, now)
    else if (spoken) await spokenAbout(client, practice, entry, spoken.by, now)
  }
  // What an import brought along was answered elsewhere, long ago: nobody is called for it.
  const broughtIn = new Set(read.all('imported.v1').flatMap(({ body }) => body.becameEntries))
  const ids = new Set(fresh.map(({ id }) => id).filter((id) => !broughtIn.has(id)))
  const called: string[] = []
  for (const risk of risks.filter(({ opened }) => ids.has(opened) && isOwn(read.entry(opened)))) called.push(...await callCircle(client, { practice, chart, name, risk, wanted: 1, origin, now }))
  return called
}

/** Answered by the person alone. Whoever asked it as a clinician is with them. */
const isOwn = (entry: Entry | undefined): boolean => entry?.kind === 'measure-answered.v1' && entry.body.answeredBy === 'patient'
