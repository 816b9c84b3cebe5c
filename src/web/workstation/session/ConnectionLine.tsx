import type { ReactNode } from 'react'
import { handedBy, waitingFor } from '../../../core/session/hand-over.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { notKept, offsetInWords, useBackAgain, useDevice, useDeviceState, useShutActs } from '../../sync/index.ts'
import { Button, Notice, playSound, useSoundState } from '../../kit/index.ts'
import { isPresent, minutesAndSeconds, neededHere, shortName, wallTime, type Room } from './room.ts'
import { useInRoom } from './room-context.tsx'

/** So long something may wait to be sent before this line says it aloud. */
const WAITING_MS = 30_000

/** Who is here, whether what was written has arrived, the first thing that is wrong, and what this screen is and is not. Never more lines than there is room for. */
export function ConnectionLine({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const warnings = useWarnings(room)
  const earliest = room.session.discharge.earliestAt
  return (
    <div className="r-connection">
      <p className="r-connection__now">
        <span>{present(room)}</span> · <Kept room={room} /> · <Connection room={room} />
        {earliest && !room.session.closed && <> · <span>earliest end {wallTime(earliest, room.zone)}</span></>}
      </p>
      <div className="r-connection__warning">
        {warnings[0]?.says}
        {warnings.length > 1 && <Button kind="plain" onClick={() => show('status')}>{`${warnings.length - 1} more`}</Button>}
      </div>
      <div className="r-connection__last">
        <p className="soft small r-connection__fresh">{newestInFewWords(room)}</p>
        <p className="soft small r-safety">Documentation and reminders; the bedside monitor is the alarm.</p>
      </div>
    </div>
  )
}

/** How old the newest news from each device is: an old one there says that something is stuck. */
export function Freshness({ room }: { readonly room: Room }) {
  const heard = room.used.heardFrom(room.session.session)
  if (heard.length === 0) return 'No device has written anything in this session yet.'
  return heard.map(({ person, device, at }, place) => (
    <span key={`${person} ${device}`}>{place > 0 && ' · '}{whose(room, person, device)}: newest {ageOf(at, room.now)}</span>
  ))
}

/** So many devices are named one by one. */
const NAMED = 3

/** The same for the foot, whatever else is wrong. The oldest comes first: it is the one that may be stuck. Of many devices the others are said together, so that nothing is cut off. */
export function newestInFewWords(room: Room): string {
  const heard = room.used.heardFrom(room.session.session).toReversed()
  if (heard.length === 0) return 'No device has written anything yet.'
  const named = heard.length > NAMED ? heard.slice(0, 1) : heard
  const rest = heard.slice(named.length)
  const said = named.map(({ person, device, at }) => `${whose(room, person, device)} ${ageOf(at, room.now)}`)
  return `Newest: ${[...said, ...(rest.length > 0 ? [`${rest.length} others at most ${ageOf(rest[0]!.at, room.now)}`] : [])].join(', ')}`
}

const whose = ({ used, name }: Room, person: string, device: string): string => (device === used.me.device && person === used.me.person ? 'this device' : shortName(name(person)))

export interface Warning {
  readonly id: string
  readonly says: ReactNode
  /** Where there is room for more than a line. */
  readonly whole?: ReactNode
}

/** What somebody has to know or do about this room and this device, the gravest first. */
export function useWarnings(room: Room): readonly Warning[] {
  const { show } = useInRoom()
  const { othersWaiting, durable, simulated, clock } = useDevice()
  const { hasPin } = useDeviceState()
  const shut = useShutActs(room.used.me.person, room.chartId)
  const sound = useSoundState()
  const back = useBackAgain()
  const { session, used } = room
  const open = !session.closed
  const offset = offsetInWords(clock.offsetMs())
  const needed = neededHere(room)
  const forMe = waitingFor(session, used.me.person)
  const mine = isPresent(room) ? handedBy(session, used.me.person) : undefined
  const all: readonly (Warning | false)[] = [
    back !== undefined && { id: 'back-again', says: <Button kind="plain" onClick={() => show('status')}>This browser lost what it kept here: see what came back</Button>, whole: <Notice level="caution" {...back.says}><Button onClick={back.understood}>Understood</Button></Notice> },
    open && session.present.length > 0 && session.present.length < needed && { id: 'people', says: <span className="r-warn">{session.present.length} of {needed} people are here</span> },
    open && used.connection === 'away' && { id: 'away', says: <span className="r-warn">This device goes on reminding; others are told once the connection is back.</span> },
    open && forMe !== undefined && { id: 'take', says: <Button kind="plain" onClick={() => show('hand-over')}>{`${shortName(room.name(forMe.handed.by))} hands over to you: read back`}</Button> },
    open && mine?.taken !== undefined && { id: 'taken', says: <Button kind="plain" onClick={() => show('people')}>{`${shortName(room.name(mine.handed.body.to))} has taken over: check out`}</Button> },
    open && hasLeft(room) && { id: 'left', says: <span className="r-warn">You have left this room, and what is written here still stands in your name. {used.connection === 'away' ? 'Nobody else can sign in until the connection is back: say in a note who wrote.' : 'Sign out, so that whoever goes on signs in.'}</span> },
    !durable && !simulated && { id: 'durable', says: <span className="r-warn">{notKept().why} {notKept().next}</span> },
    offset !== undefined && offset !== '' && { id: 'clock', says: <span className="r-warn">{offset}</span> },
    shut.length > 0 && { id: 'shut', says: <Button kind="plain" onClick={() => show('problems')}>What you wrote here earlier cannot be opened</Button> },
    othersWaiting > 0 && { id: 'others', says: <span className="r-warn">{othersWaiting} {othersWaiting === 1 ? 'entry' : 'entries'} by somebody else wait on this device until they sign in here.</span> },
    open && sound !== 'ready' && { id: 'sound', says: <Button kind="plain" onClick={() => void playSound('call')}>{sound === 'silent' ? 'This device is silent: alarms are only seen here. Try the sound again' : 'Nobody has heard this device yet: play the alarm sound'}</Button> },
    !hasPin && { id: 'pin', says: <Button kind="plain" onClick={() => show('pin')}>Set a PIN, so that this screen can lock</Button> },
  ]
  return all.filter((one) => one !== false)
}

/** Checked out, and nobody else has signed in on this device since. Whoever looks in from elsewhere never was here. */
const hasLeft = (room: Room): boolean => !isPresent(room) && room.session.entries.all('checked-in.v1').some(({ body }) => body.person === room.used.me.person)

function present({ session }: Room): string {
  const names = session.present.map(({ name }) => shortName(name))
  if (names.length === 0) return 'nobody is checked in'
  return names.length === 1 ? `only ${names[0]} is here` : names.length === 2 ? `both here: ${names.join(' and ')}` : `here: ${names.join(', ')}`
}

function Kept({ room: { used, now } }: { readonly room: Room }) {
  const { show } = useInRoom()
  const word = used.kept()
  if (word === 'problem') return <Button kind="plain" onClick={() => show('problems')}>{`problem: ${used.problems.length} not taken`}</Button>
  if (word === 'saved') return <output className="r-kept" data-kept="saved">saved</output>
  const oldest = Date.parse(now) - Date.parse(used.waiting[0]?.writtenAt ?? now)
  return <output className="r-kept" data-kept="saved here">saved here · {used.waiting.length} waiting{oldest > WAITING_MS ? ` for ${minutesAndSeconds(oldest)}` : ''}</output>
}

function Connection({ room: { used, zone } }: { readonly room: Room }) {
  if (used.connection === 'live') return <span>connected</span>
  return <span className="r-warn" role="status">{used.lastHeardAt ? `no connection since ${wallTime(used.lastHeardAt, zone)}` : 'connecting'}</span>
}

function ageOf(at: string, now: string): string {
  const seconds = Math.max(0, Math.round(minutesBetween(at, now) * 60))
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`
}
