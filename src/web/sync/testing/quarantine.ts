import { kinds } from '../../../core/chart/kinds.ts'
import type { Entry, StoredEntry } from '../../../core/chart/entry.ts'
import { lentOf } from '../../../core/chart/lent.ts'
import { notAsBrought, quarantineState, type QuarantineState, type SealedAct } from '../../../core/chart/quarantine.ts'
import { instant } from '../../../core/shared/time.ts'
import type { Held } from '../bring.ts'
import { Refused } from '../client.ts'
import { newId } from '../new-id.ts'
import { roleOf, type World } from './world.ts'

/** What an envelope holds, for the server alone. */
export interface Envelope {
  readonly act: string
  readonly person: string
  readonly device: string
  readonly opened: SealedAct
}
interface Brought {
  readonly one: Held
  readonly person: string
  decision: 'adopted' | 'discarded' | null
}

/** What devices bring whose access has ended, and what a clinician makes of it: as the real server does. */
export function simQuarantine(world: Pick<World, 'server' | 'envelopes' | 'noticed' | 'serverMs' | 'guests'>) {
  const brought = new Map<string, Brought>()
  const onChart = (chart: string) => (id: string) => world.server.entriesOf(chart).some((entry) => entry.id === id)
  const stateOf = ({ one, decision }: Brought): QuarantineState => quarantineState({ entries: one.entries, decision }, onChart(one.chart))
  /** A guest's own signature has to prove that it is theirs, as if it had come in the usual way. */
  const authorOf = ({ one, person }: Brought, entries: readonly Entry[]): string | undefined => {
    if (!entries.some(lentOf)) return person
    try { return world.server.standingOf(one.chart, world.guests.proven(entries, one.chart, person)) && entries[0]!.by } catch { return undefined }
  }
  return {
    bring(person: string, stillIn: boolean, one: Held) {
      if (!world.envelopes.has(one.sealed)) world.noticed.push('something readable was brought')
      const known = brought.get(one.act)
      if (known) { if (known.one.sealed !== one.sealed) throw new Refused(403, 'quarantine.refused', 'No.'); return }
      if (stillIn) throw new Refused(409, 'quarantine.not-ended', 'No.')
      brought.set(one.act, { one, person, decision: null })
    },
    open: () => [...brought.values()].filter((each) => stateOf(each) === 'open').map(({ one }) => one.act),
    decide(act: string, by: string, decision: 'adopted' | 'discarded') {
      const found = brought.get(act)
      if (!found || stateOf(found) !== 'open') return
      if (found.decision !== null) world.noticed.push('somebody decided about what was decided')
      found.decision = decision
      if (decision === 'discarded') return
      const { opened } = world.envelopes.get(found.one.sealed)!
      if (notAsBrought(opened, { chart: found.one.chart, person: found.person, device: found.one.device, entries: found.one.entries })) { world.noticed.push('something else was sealed than was brought'); return }
      const author = authorOf(found, opened.entries)
      const may = author !== undefined && opened.entries.every(({ kind }) => kinds[kind]?.through === 'entries' && (kinds[kind].write as readonly string[]).includes(roleOf(author)))
      const corrects = opened.entries.every(({ amends }) => amends === undefined || onChart(opened.chart)(amends) || opened.entries.some(({ id }) => id === amends))
      if (!may || !corrects) { found.decision = null; return }
      const at = instant(world.serverMs())
      world.server.adopt(opened.chart, opened.entries as StoredEntry[], {
        id: newId(world.serverMs()), kind: 'entries-adopted.v1', at, writtenAt: at, by, device: '00000000-0000-4000-8000-0000000000d0', ...(opened.entries[0]!.session && { session: opened.entries[0]!.session }),
        body: { act, author: author!, authorName: author!, device: found.one.device, entries: opened.entries.map(({ id }) => id), writtenFrom: found.one.from, writtenTo: found.one.to, note: '' },
      })
    },
    /** Whether the server holds this entry of somebody whose access has ended, on the chart or sealed. */
    holds: (entry: string) => [...brought.values()].some(({ one }) => one.entries.includes(entry)),
    size: () => brought.size,
    adopted: () => [...brought.values()].filter(({ decision }) => decision === 'adopted').map(({ one, person }) => ({ ...one, person })),
  }
}
export type SimQuarantine = ReturnType<typeof simQuarantine>
