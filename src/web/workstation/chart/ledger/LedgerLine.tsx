import type { Entry } from '../../../../core/chart/entry.ts'
import { marksOf, sayHand } from '../../../../core/session/transcribed.ts'
import { DataPairs, Disclosure } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { exactTime } from '../words.ts'
import { bodyLines } from './body-lines.ts'
import { correctedIn, kindNames } from './kinds.ts'
import { sayEntry } from './say-entry.ts'

/** From so far on, a reader should know that an entry was written from memory, or that a clock was wrong. */
const LATE_MS = 120_000

interface LedgerLineProps {
  readonly entry: Entry
  /** The entry that corrected this one. */
  readonly correctedBy?: Entry | undefined
  readonly open?: boolean
}

/** One entry of the record: what, who, when it happened, when it was written and received, and what became of it. */
export function LedgerLine({ entry, correctedBy, open = false }: LedgerLineProps) {
  const { name, zone, used, mayWrite, book, chart } = useOpenChart()
  const mark = marksOf(chart).get(entry.id)
  const says = sayEntry(entry, { zone, name, book })
  const kept = used.kept(entry.id)
  const room = correctedIn[entry.kind]
  return (
    <li className="c-line" id={`entry-${entry.id}`} data-corrected={correctedBy ? true : undefined} data-kept={kept === 'saved' ? undefined : kept}>
      <p className="c-line__head"><strong>{kindNames[entry.kind]}</strong>{entry.seq !== undefined && <span> no. {entry.seq}</span>}{kept !== 'saved' && <span className="c-line__kept"> {kept}</span>}</p>
      <p className="c-line__says">{correctedBy ? <del>{says}</del> : says}</p>
      <p className="c-line__who">
        {mark ? sayHand(mark, name) : name(entry.by)}, <time dateTime={entry.at}>{exactTime(entry.at, zone)}</time>{clockWords(entry, zone)}
        {correctedBy && <> · corrected by {name(correctedBy.by)}, {exactTime(correctedBy.writtenAt, zone)}</>}
        {entry.amends && <> · a correction</>}
      </p>
      <Disclosure open={open} summary={<span className="small">Whole entry<span className="heard">: {kindNames[entry.kind]} {entry.seq ?? 'not sent yet'}</span></span>}>
        <DataPairs wide pairs={[...bodyLines(entry.body, { zone, name }), ['written down', exactTime(entry.writtenAt, zone)], ['received', entry.receivedAt ? exactTime(entry.receivedAt, zone) : 'not yet'], ['device', `…${entry.device.slice(-6)}`]]} />
        {room && !correctedBy && mayWrite(entry.kind) && mayCorrect(entry) && <p><RoomLink step={roomFor(entry, room)} amends={entry.id} label={`Correct entry ${entry.seq ?? 'not sent yet'}`}>Correct this</RoomLink></p>}
      </Disclosure>
    </li>
  )
}

/** What a questionnaire's own form corrects, and what belongs to a session and is corrected in its room. */
const mayCorrect = (entry: Entry) => (entry.kind === 'measure-answered.v1' ? entry.body.instrument === 'c-ssrs' : entry.session === undefined)

function roomFor(entry: Entry, room: string): string {
  if (entry.kind === 'visit-closed.v1') return `visit-${entry.body.type}`
  return room
}

/** Written later than it happened, or by a device whose clock stood elsewhere than the server's. */
function clockWords(entry: Entry, zone: string): string {
  const late = Date.parse(entry.writtenAt) - Date.parse(entry.at)
  const offset = entry.receivedAt === undefined ? 0 : Date.parse(entry.writtenAt) - Date.parse(entry.receivedAt)
  return [
    late > LATE_MS && ` · written down ${exactTime(entry.writtenAt, zone)}`,
    offset > LATE_MS && ` · the device’s clock was ${minutesOf(offset)} ahead of the server`,
    offset < -LATE_MS && ` · reached the server ${minutesOf(-offset)} later`,
  ].filter(Boolean).join('')
}

const minutesOf = (ms: number) => (ms < 7_200_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 3_600_000)} hours`)
