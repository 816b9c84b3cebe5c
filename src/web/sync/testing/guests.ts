import { lentFault, lentOf, lentText, type Guest } from '../../../core/chart/lent.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import type { Request, Response } from '../../../core/contract/contract.ts'
import { instant, MINUTE_MS } from '../../../core/shared/time.ts'
import { Refused } from '../client.ts'
import type { Act } from '../device-store.ts'
import { bytesOf, fromBase64 } from '../envelope.ts'
import type { Numbered } from '../outbox.ts'
import { PIN } from './disk.ts'
import { fakeFits } from './fake-crypto.ts'
import { roleOf, type World } from './world.ts'

/** A guest as the server keeps them, with the moment in which something ended them. */
export interface SimGuest extends Omit<Guest, 'ended'> {
  readonly publicKey: string
  readonly enrolledMs: number
  endedMs: number | undefined
}
interface Asking {
  readonly lentBy: string
  readonly device: string
}

/** Who may sign on whose device, as the server knows it: judged by the code that judges it there, and counted by hand. */
export function simGuests(world: Pick<World, 'server' | 'serverMs' | 'pinFailures' | 'gone' | 'lentChance'>) {
  const known: SimGuest[] = []
  const stand = ({ lentBy, device, session }: Asking & { readonly session: string }) => known.filter((one) => one.endedMs === undefined && one.lentBy === lentBy && one.device === device && one.session === session)
  const end = (one: SimGuest) => { one.endedMs ??= world.serverMs() }

  function enrol({ lentBy, device }: Asking, { params: { chart, session }, body: { person, pin, publicKey } }: Request<'enrolGuest'>): Response<'enrolGuest'> {
    if (person === lentBy) throw new Refused(409, 'guest.same-person', 'No.')
    if (person === world.gone || world.server.standingOf(chart, person) === undefined || roleOf(person) === 'patient') throw new Refused(409, 'guest.stranger', 'No.')
    // Counted with all their other tries, before it is judged.
    const tried = (world.pinFailures.get(person) ?? 0) + 1
    const right = tried <= 5 && pin === PIN
    world.pinFailures.set(person, right ? 0 : tried)
    if (!right) return { right, triesLeft: Math.max(0, 5 - tried), guest: null }
    for (const one of stand({ lentBy, device, session })) if (one.person === person) end(one)
    const guest: SimGuest = { guest: `b0000000-0000-4000-8000-${String(known.length + 1).padStart(12, '0')}`, person, chart, session, device, lentBy, publicKey, until: instant(world.serverMs() + (1 + world.lentChance.below(world.lentChance.odds(0.5) ? 6 : 40)) * MINUTE_MS), enrolledMs: world.serverMs(), endedMs: undefined }
    known.push(guest)
    return { right, triesLeft: 5, guest: { guest: guest.guest, person, until: guest.until } }
  }

  /** Whoever signed these, once each is proven; refused in the words of the rule where it is not. */
  function proven(entries: readonly Entry[], chart: string, sender: string): string {
    const one = known.find(({ guest }) => guest === lentOf(entries[0]!)?.guest)
    for (const entry of entries) {
      const fault = lentFault(entry as never, { chart, sender, guest: one && { ...one, ended: one.endedMs !== undefined }, now: instant(world.serverMs()) })
      if (fault) throw new Refused(409, fault, 'No.')
      if (!fakeFits(fromBase64(one!.publicKey), bytesOf(lentText(chart, { ...entry, by: one!.person } as never)), fromBase64(lentOf(entry)!.proof))) throw new Refused(409, 'guest.unproven', 'No.')
    }
    return one!.person
  }

  return {
    known, enrol, end, proven,
    here: (asking: Asking, session: string): Response<'guests'> => ({ guests: stand({ ...asking, session }).filter(({ until }) => until > instant(world.serverMs())).map(({ guest, person, until }) => ({ guest, person, until })) }),
    /** By whose device it is. */
    endBy({ lentBy }: Asking, guest: string) { for (const one of known) if (one.guest === guest && one.lentBy === lentBy) end(one) },
    /** Of somebody who leaves for good, wherever they are a guest. */
    endAllOf(person: string) { for (const one of known) if (one.person === person) end(one) },
    of: (guest: string) => known.find((one) => one.guest === guest),
    /** In the name of whoever signed it; what has come already is answered again, also after their time. */
    append(sender: string, act: Act): readonly Numbered[] {
      const { entries, chart } = act
      const there = entries.map(({ id }) => world.server.entriesOf(chart).find((one) => one.id === id))
      if (there.every((one) => one !== undefined && lentOf(one)?.by === sender)) return there.map((one) => ({ id: one!.id, seq: one!.seq, digest: one!.digest, receivedAt: one!.receivedAt }))
      return world.server.append(proven(entries, chart, sender), act)
    },
  }
}
export type SimGuests = ReturnType<typeof simGuests>
