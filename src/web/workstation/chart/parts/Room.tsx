import type { ReactNode } from 'react'
import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import type { EntryKind } from '../../../../core/chart/kinds.ts'
import { Notice, Stack } from '../../../kit/index.ts'
import { ago } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { exactTime } from '../words.ts'
import { RoomLink } from './RoomLink.tsx'

/** One room of the chart: its name, one sentence about it, and what stands in it. */
export const Room = ({ title, says, children }: { readonly title: string; readonly says?: ReactNode; readonly children: ReactNode }) => (
  <section className="c-room" aria-labelledby="room">
    <h2 id="room" tabIndex={-1}>{title}</h2>
    {says && <p className="soft">{says}</p>}
    <Stack air="wide">{children}</Stack>
  </section>
)

/** A part of a room, with its own heading. `label` tells it from another under the same heading, for whoever hears the page. */
export const Part = ({ title, label = title, end, children }: { readonly title: string; readonly label?: string; readonly end?: ReactNode; readonly children: ReactNode }) => (
  <section className="c-part" aria-label={label}>
    <div className="k-heading"><h3>{title}</h3>{end && <span>{end}</span>}</div>
    {children}
  </section>
)

/** When something was, as people say it; the exact time lies under it. */
export function When({ at }: { readonly at: string }) {
  const { now, zone } = useOpenChart()
  return <time dateTime={at} title={exactTime(at, zone)}>{ago(at, now)}</time>
}

/** Who wrote an entry and when, how it is kept, and the way to correct it. */
export function Written({ entry, room, what = 'this' }: { readonly entry: Entry; readonly room?: string; readonly what?: string }) {
  const { name, now, zone, used, mayWrite } = useOpenChart()
  const kept = used.kept(entry.id)
  return (
    <p className="c-written">
      {name(entry.by)}, <time dateTime={entry.at} title={ago(entry.at, now)}>{exactTime(entry.at, zone)}</time>
      {entry.amends && ' · corrected'}
      {kept !== 'saved' && ` · ${kept}`}
      {' · '}<RoomLink step="ledger" entry={entry.id} label={`Record of ${what}, ${exactTime(entry.at, zone)}`}>record</RoomLink>
      {room && mayWrite(entry.kind) && <>{' · '}<RoomLink step={room} amends={entry.id} label={`Correct ${what}, ${exactTime(entry.at, zone)}`}>correct</RoomLink></>}
    </p>
  )
}

/** The entry that the address says is about to be corrected, if it is of this kind and still stands. */
export function useAmending<Kind extends EntryKind>(kind: Kind): EntryOf<Kind> | undefined {
  const { chart, place } = useOpenChart()
  return place.amends === undefined ? undefined : chart.all(kind).find(({ id }) => id === place.amends)
}

/** How a correction is written: pointing at what it corrects, at its time, and in the session that it belongs to. */
export const inPlaceOf = (entry: Entry | undefined): { readonly amends?: string; readonly at?: string; readonly session?: string } =>
  entry ? { amends: entry.id, at: entry.at, ...(entry.session && { session: entry.session }) } : {}

/** Over a form that corrects: what was written stays readable, struck through, with both authors. */
export function Correcting({ entry }: { readonly entry: Entry | undefined }) {
  const { name, zone, place } = useOpenChart()
  if (!entry) return null
  return <Notice what={`You are correcting what ${name(entry.by)} wrote on ${exactTime(entry.at, zone)}.`} kept="The first version stays in the record, struck through, with both names." next={<RoomLink step={place.step ?? 'overview'}>Leave it as it is</RoomLink>} />
}

/** Where this person's role may read a thing and not write it. */
export const NotYours = ({ who }: { readonly who: string }) => <p className="soft">{who}</p>
