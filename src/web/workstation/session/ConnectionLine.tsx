import { minutesBetween } from '../../../core/shared/time.ts'
import { offsetInWords, useDevice, useDeviceState } from '../../sync/index.ts'
import { Button, playSound, useSoundState } from '../../kit/index.ts'
import { minutesAndSeconds, shortName, wallTime, type Room } from './room.ts'
import { useInRoom } from './room-context.tsx'

/** So long something may wait to be sent before this line says it aloud. */
const WAITING_MS = 30_000

/** Who is here, whether what was written has arrived, and how old the newest news from each device is. */
export function ConnectionLine({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const { othersWaiting, durable, simulated, clock } = useDevice()
  const { hasPin } = useDeviceState()
  const sound = useSoundState()
  const { used, session, zone } = room
  const earliest = session.discharge.earliestAt
  const offset = offsetInWords(clock.offsetMs())
  return (
    <div className="r-connection">
      <p>
        <span>{present(room)}</span> · <Kept room={room} /> · <Connection room={room} />
        {earliest && !session.closed && <> · <span>earliest end {wallTime(earliest, zone)}</span></>}
      </p>
      {!durable && !simulated && <p className="r-warn">This browser keeps nothing when it is closed. Use another one for a session.</p>}
      {offset && <p className="r-warn">{offset}</p>}
      {othersWaiting > 0 && <p className="r-warn">{othersWaiting} {othersWaiting === 1 ? 'entry' : 'entries'} by somebody else wait on this device until they sign in here.</p>}
      <p className="soft small">
        {used.heardFrom(session.session).map(({ person, device, at }) => (
          <span key={`${person} ${device}`}>{device === used.me.device && person === used.me.person ? 'this device' : shortName(room.name(person))}: newest {ageOf(at, room.now)} · </span>
        ))}
        Documentation and reminders; the bedside monitor is the alarm.
      </p>
      {sound !== 'ready' && !session.closed && <Button kind="plain" onClick={() => void playSound('call')}>{sound === 'silent' ? 'This device is silent: alarms are only seen here. Try the sound again' : 'Nobody has heard this device yet: play the alarm sound'}</Button>}
      {!hasPin && <Button kind="plain" onClick={() => show('pin')}>Set a PIN, so that this screen can lock</Button>}
    </div>
  )
}

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
  return <span className="r-warn" role="status">{used.lastHeardAt ? `no connection since ${wallTime(used.lastHeardAt, zone)}: this device goes on reminding, others are told once it is back` : 'connecting'}</span>
}

function ageOf(at: string, now: string): string {
  const seconds = Math.max(0, Math.round(minutesBetween(at, now) * 60))
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`
}
