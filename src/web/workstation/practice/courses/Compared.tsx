import { useMemo } from 'react'
import type { Protocol } from '../../../../core/course/protocol.ts'
import { diffCourses, whatMoves, type CourseMoves, type FigureDiff } from '../../../../core/course/diff.ts'
import { courseRows } from '../../../../knowledge/course-dials.ts'
import { Badge, DataPairs, Stack } from '../../../kit/index.ts'

/** Two courses beside each other: every figure in which they differ, and what that does to the whole course. */
export function Compared({ from, to, laidOut = true }: { readonly from: Protocol; readonly to: Protocol; readonly laidOut?: boolean }) {
  const diff = useMemo(() => diffCourses(from, to, courseRows), [from, to])
  const moves = useMemo(() => (laidOut ? whatMoves(from, to) : undefined), [from, to, laidOut])
  return (
    <div className="p-compared">
      <section aria-label="What differs"><Stack air="tight"><h3>What differs</h3><Differs diff={diff} /></Stack></section>
      <section aria-label="What moves"><Stack air="tight"><h3>What moves</h3>{moves ? <Moves moves={moves} /> : <p className="soft">Once the figures fit each other, the course is laid out here.</p>}</Stack></section>
    </div>
  )
}

function Differs({ diff }: { readonly diff: readonly FigureDiff[] }) {
  if (diff.length === 0) return <p className="soft">Nothing: every figure is the same.</p>
  return (
    <ul className="p-differs">
      {diff.map(({ path, title, saysFrom, saysTo, way }) => (
        <li key={path}><span>{title}</span><span className="p-differs__values">{saysFrom} <span aria-hidden="true">→</span><span className="heard">becomes</span> <strong>{saysTo}</strong></span>{way === 'looser' ? <Badge level="caution">looser</Badge> : way && <span className="soft">{way}</span>}</li>
      ))}
    </ul>
  )
}

const hours = (minutes: number) => `${Math.round((minutes / 60) * 100) / 100} h`
const changed = ({ from, to }: { readonly from: number; readonly to: number }) => from !== to
const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`
const became = (from: string, to: string) => (from === to ? <>{from}</> : <>{from} <span aria-hidden="true">→</span><span className="heard">becomes</span> <strong>{to}</strong></>)

/** With every visit as early as the course allows. What stays as it is, is said once and shortly. */
function Moves({ moves: { visits, personMin, roomMin, days: laid, gone, added, moved } }: { readonly moves: CourseMoves }) {
  const still = visits.every((one) => !changed(one)) && moved.length === 0 && personMin.every((one) => !changed(one)) && !changed(roomMin)
  return (
    <Stack air="tight">
      {still && <p>Nothing moves: the same visits on the same days, with the same people.</p>}
      <DataPairs pairs={[
        ...visits.filter(changed).map(({ name, from, to }) => [name, became(String(from), String(to))] as const),
        ...(laid ? [['First visit to last dose', became(days(laid.toLastDose.from), days(laid.toLastDose.to))], ['First visit to last follow-up', became(days(laid.toLastFollowUp.from), days(laid.toLastFollowUp.to))]] as const : [['Days', 'One of the two cannot be laid out.']] as const),
        ...personMin.map(({ role, from, to }) => [upper(role), became(hours(from), hours(to))] as const),
        ['Rooms, if all are held in one', became(hours(roomMin.from), hours(roomMin.to))],
      ]} />
      {(gone.length > 0 || added.length > 0 || moved.length > 0) && (
        <ul className="d-points">
          {gone.length > 0 && <li>Falls away: {gone.join(', ')}</li>}
          {added.length > 0 && <li>Comes to it: {added.join(', ')}</li>}
          {moved.map(({ says, byDays }) => <li key={`${says} ${byDays}`}>{says}: {days(Math.abs(byDays))} {byDays < 0 ? 'earlier' : 'later'}</li>)}
        </ul>
      )}
      <p className="soft small">Laid out from the figures alone, each visit as early as they allow and follow-ups on their day. Calendars and people differ.</p>
    </Stack>
  )
}
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
