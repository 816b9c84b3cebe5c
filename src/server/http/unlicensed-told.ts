import { deskToTell, responsibleToTell } from '../../core/access/whom-to-tell.ts'
import type { EntryOf, StoredEntry } from '../../core/chart/entry.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { decisionWords, licenceDecided, sayUnlicensed, unlicensedAt } from '../../core/online/whereabouts.ts'
import { isTreating } from '../../core/scheduling/licensed.ts'
import { sayDay, sayTime } from '../../core/shared/local-day.ts'
import { inState } from '../../core/shared/us-states.ts'
import { law } from '../../knowledge/law.ts'
import { sources } from '../../knowledge/sources.ts'
import { tell } from '../store/charts.ts'
import type { Situation } from './follow.ts'

const rule = law.find(({ id }) => id === 'law.licence')!

/**
 * The patient is in a state for which somebody who treats them at a visit online is not entered as licensed: those who treat
 * them there and the desk hear it at once, with the rule, the licences entered and the source. Nothing is forbidden. The same
 * state said again, or read back aloud, tells nobody anew; nor does one about which somebody has decided.
 */
export async function tellUnlicensed({ client, practice, chart, now, name, zone, read, everybody, clinicians }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  for (const entry of fresh) {
    const visit = entry.kind === 'whereabouts.v1' ? standingVisits(read).find(({ visit, startsAt, online }) => visit === entry.body.visit && online && startsAt === entry.body.startsAt) : undefined
    if (entry.kind !== 'whereabouts.v1' || !visit || wasSaid(entry, read.all('whereabouts.v1')) || licenceDecided(read, visit, entry.body.state)) continue
    const missing = unlicensedAt(visit, entry.body.state, everybody, zone)
    if (missing.length === 0) continue
    const treating = visit.people.filter(({ role }) => isTreating(role)).map(({ person }) => person)
    const told = treating.filter((person) => everybody.some((one) => one.person === person && one.active))
    const heard = told.length > 0 ? told : clinicians.length > 0 ? clinicians : responsibleToTell(everybody)
    const where = `${name}, online on ${sayDay(visit.startsAt, zone)} at ${sayTime(visit.startsAt, zone)}: is ${inState(entry.body.state)}. ${missing.map((one) => sayUnlicensed(one, entry.body.state)).join(' ')}`
    const rests = `${rule.says} Source: ${sources.S51.title}.`
    const about = { chart, kind: 'licence', entry: entry.id, at: now } as const
    await tell(client, practice, heard, { ...about, says: `${where} You decide: held as it is, by telephone, or moved. Write it on the visit, with why. ${rests}` })
    const desk = deskToTell(everybody).filter((person) => !heard.includes(person))
    await tell(client, practice, desk, { ...about, says: `${where} ${missing.map((one) => one.name).join(' and ')} decides; ask whether the visit has to be moved. ${rests}` })
  }
}

/** Whoever keeps the calendar hears what was decided, since it may have to be moved. */
export async function tellLicenceDecided({ client, practice, chart, now, name, zone, everybody }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  for (const entry of fresh) {
    if (entry.kind !== 'licence-decided.v1') continue
    const by = everybody.find(({ person }) => person === entry.by)?.name ?? 'A clinician'
    const { startsAt, state, decision, reason } = entry.body
    await tell(client, practice, deskToTell(everybody).filter((person) => person !== entry.by), { chart, kind: 'licence', entry: entry.id, says: `${name}, online on ${sayDay(startsAt, zone)} at ${sayTime(startsAt, zone)}, ${inState(state)}: ${by} decided. ${decisionWords[decision]}. ${reason}`, at: now })
  }
}

/** The same state for the same visit at the same hour, just before: somebody has heard it. */
function wasSaid(entry: EntryOf<'whereabouts.v1'>, all: readonly EntryOf<'whereabouts.v1'>[]): boolean {
  const before = all.filter(({ body, seq }) => body.visit === entry.body.visit && body.startsAt === entry.body.startsAt && (seq ?? 0) < (entry.seq ?? 0)).at(-1)
  return before?.body.state === entry.body.state
}
