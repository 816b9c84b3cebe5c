import type { Entry } from '../../core/chart/entry.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import type { Written } from './chart-on-device.ts'
import type { Clock } from './clock.ts'
import type { Me } from './device.ts'
import type { Act, Stream } from './device-store.ts'
import { newId } from './new-id.ts'

/** Kinds that are not on the chart's own stream. A test holds this list to the table of kinds. */
export const hiddenStreams: Readonly<Partial<Record<EntryKind, Stream>>> = { 'journal.v1': 'journal', 'journal-photo.v1': 'journal', 'journal-voice.v1': 'journal', 'psychotherapy-note.v1': 'notes', 'psychotherapy-recording.v1': 'notes', 'psychotherapy-recording-written.v1': 'notes' }

/** What a person does in one go, as it is kept: by whom, from which device, at what time. */
export function actOf(me: Me, clock: Clock, chart: string, written: readonly Written[], judge: ((kind: EntryKind, body: unknown) => unknown) | undefined): Act {
  const now = clock.now()
  const streams = new Set(written.map(({ kind }) => hiddenStreams[kind] ?? 'chart'))
  const [stream] = streams
  if (!stream || streams.size > 1) throw new Error('An act is one or more entries of one stream')
  const entries = written.map(({ kind, body, id, at, session, amends }) => JSON.parse(JSON.stringify({
    id: id ?? newId(clock.ms()), kind, at: at ?? now, writtenAt: now, by: me.person, device: me.device, session, amends, body: judge ? judge(kind, body) : body,
  })) as Entry)
  return { id: newId(clock.ms()), chart, stream, entries, writtenAt: now }
}
