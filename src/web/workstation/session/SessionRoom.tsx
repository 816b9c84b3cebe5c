import { useEffect, useMemo, type ReactNode } from 'react'
import { Button, EmptyState, HoldButton, Notice, Page, useLight } from '../../kit/index.ts'
import { call, useDevice, useDeviceState } from '../../sync/index.ts'
import { useAlarm } from './alarm.ts'
import { CalledNow } from '../CalledNow.tsx'
import { AlertStrip, toAnswer } from './AlertStrip.tsx'
import { useBedside } from './bluetooth/FromDevices.tsx'
import { Chips, type Go } from './Chips.tsx'
import { ConnectionLine } from './ConnectionLine.tsx'
import { useDrafts } from './drafts.ts'
import { isElsewhere, mayOpen } from './elsewhere.ts'
import { Elsewhere, KeysFromElsewhere } from './Elsewhere.tsx'
import { useEmergencyNumbers } from './emergency-numbers.ts'
import { Header } from './Header.tsx'
import { LockScreen } from './LockScreen.tsx'
import { Log } from './Log.tsx'
import { logOf } from './log.ts'
import { Numbers } from './Numbers.tsx'
import { isPresent, useRoom, type Room } from './room.ts'
import { RoomContext, type OpenSheet, type SheetName } from './room-context.tsx'
import './session.css'
import { useRoomSettings } from './settings.ts'
import { OpenedSheet } from './sheets/OpenedSheet.tsx'
import { useRunning } from './use-running.ts'
import { useSheets } from './use-sheets.ts'
import { VitalsChart } from './VitalsChart.tsx'
import { useKeys, useTouched } from './touch-and-keys.ts'

export interface SessionRoomProps {
  readonly chart: string
  readonly session: string
  /** The way back to the chart, drawn where the room has ended. */
  readonly back?: ReactNode
  /** Drawn above everything: in a drill, that it is one. */
  readonly above?: ReactNode
  /** Leads into another room. Without it the address is opened anew. */
  readonly onGo?: Go | undefined
}

/** The room in which a medicine session is watched and written down, by two people on two devices, network or not. */
export function SessionRoom({ chart, session, back, above, onGo }: SessionRoomProps) {
  const [settings, setSettings] = useRoomSettings()
  useLight(settings.dim ? 'dim' : 'light')
  const state = useRoom(chart, session)
  const { locked, closed } = useDeviceState()
  if (state.state === 'open') return <Open key={session} room={state.room} back={back} above={above} onGo={onGo} settings={settings} onSettings={setSettings} />
  return (
    <Page brand={back ?? 'OpenKAP'} width="reading" room>
      {locked && closed && <><h1>Locked</h1><LockScreen /></>}
      {state.state === 'opening' && !(locked && closed) && <EmptyState what="Reading this chart …" begin="With no connection it opens from what this device has kept." />}
      {state.state === 'no-session' && <Notice level="call" what="This session is not on this chart." next="Go back to the chart and open the session from there." />}
      {state.state === 'refused' && <Notice level="call" what={state.say} kept="What you wrote is kept on this device." />}
    </Page>
  )
}

const KEYS: readonly (readonly [SheetName, string, string])[] = [['vitals', 'Vitals', 'v'], ['state', 'State', 's'], ['effect', 'Effect', 'e'], ['comfort', 'Comfort', 'c'], ['note', 'Note', 'n'], ['dose', 'Dose', 'd'], ['more', 'More', 'm']]

type OpenProps = { readonly room: Room; readonly back: ReactNode; readonly above: ReactNode; readonly onGo: Go | undefined; readonly settings: ReturnType<typeof useRoomSettings>[0]; readonly onSettings: ReturnType<typeof useRoomSettings>[1] }

function Open({ room, back, above, onGo, settings, onSettings }: OpenProps) {
  const [drafts, setDrafts] = useDrafts(room.session.session)
  const { locked } = useDeviceState()
  const { simulated } = useDevice()
  const { session } = room
  useStaying(room)
  useTouched()
  useTitle(room)
  useAlarm(room)
  const elsewhere = useRunning(session.session, !locked)
  const away = isElsewhere(room)
  useEmergencyNumbers(room.used.me.practice.id, room.used.connection === 'live' && !simulated)
  const bedside = useBedside(room, settings.devices)
  const { sheet, show, run, lost, seenLost } = useSheets(({ name }) => mayOpen(room, name))

  const answerFirst = () => {
    const alert = toAnswer(session.alerts.open)
    if (alert && alert.answers.length === 0) void run(() => room.write('alert-answered.v1', { alert: alert.id, action: 'seen', note: '' }), 'stay', alert.id)
    else show('alerts')
  }
  useKeys(settings.keys && !locked, Object.fromEntries([...KEYS.map(([name, , key]) => [key, () => show(name)] as const), ['a', answerFirst] as const]))

  const kept = room.used.kept
  const lines = useMemo(() => logOf({ chart: room.chart, session, name: room.name, kept, me: room.used.me.person }), [room.chart, session.session, session.alerts.all.length, kept, room.used.head])
  return (
    <RoomContext value={{ room, show, run }}>
      <main className="r-room k-room" aria-label="Session room" data-simulated={simulated || undefined}>
        {above}
        {!simulated && !locked && <CalledNow on beside={{ chart: room.chartId, session: session.session }} />}
        {locked ? <header className="r-top"><h1>Locked</h1></header> : <Header room={room} />}
        <RulesLine room={room} />
        <AlertStrip room={room} locked={locked} />
        <Numbers room={room} />
        {!locked && <Chips elsewhere={elsewhere} room={room} onGo={onGo} />}
        {lost && <div className="r-lost"><Notice urgent level="emergency" what="This was not recorded." kept={lost} next="Write it on paper now, and try again."><Button onClick={seenLost}>I have seen this</Button></Notice></div>}
        {locked && <LockScreen />}
        {!locked && (
          <>
            <div className="r-stage"><VitalsChart room={room} />{away ? <div className="r-side"><Elsewhere room={room} /><Log lines={lines} zone={room.zone} /></div> : <Log lines={lines} zone={room.zone} />}</div>
            {session.closed ? <Closed room={room} back={back} /> : away ? <KeysFromElsewhere room={room} open={sheet?.name} /> : <Keys room={room} open={sheet?.name} show={show} />}
          </>
        )}
        <footer className="r-foot">
          {locked ? <span /> : <ConnectionLine room={room} />}
          {!session.closed && <HoldButton onHeld={() => show('emergency')}>EMERGENCY</HoldButton>}
        </footer>
        <div className="r-sheet">{sheet && (!locked || sheet.name === 'emergency') && <OpenedSheet sheet={sheet} room={room} locked={locked} drafts={drafts} onDrafts={setDrafts} settings={settings} onSettings={onSettings} bedside={bedside} />}</div>
      </main>
    </RoomContext>
  )
}

/** Which rules hold in here, where they are not the newest ones or this device does not hold them. One line, above the alerts. */
function RulesLine({ room: { rules, session } }: { readonly room: Room }) {
  if (session.closed || (!rules.missing && !rules.newer)) return null
  return rules.missing
    ? <p className="r-rules" role="alert" data-level="call"><b>Rules not whole.</b> {rules.missing} What you write is kept, and alerts follow the rules that ship; no dose is recorded as given from here until they are back.</p>
    : <p className="r-rules" role="status">The practice has adopted another edition of the rulebook since this session started. In here the edition it started with holds, to the end.</p>
}

function Keys({ room, open, show }: { readonly room: Room; readonly open: OpenSheet['name'] | undefined; readonly show: (name: SheetName) => void }) {
  const conflict = room.session.doses.conflicts.length > 0
  return (
    <nav className="r-keys" aria-label="Write down">
      {!isPresent(room) && <Button kind="primary" size="room" onClick={() => show('people')}>Check in</Button>}
      {KEYS.map(([name, label]) => (
        <Button key={name} size="room" kind={name === 'dose' && conflict ? 'danger' : 'quiet'} aria-expanded={open === name} onClick={() => show(name)}>{name === 'dose' && conflict ? 'Dose: recorded twice' : label}</Button>
      ))}
    </nav>
  )
}

/** The record is closed; what comes late is kept beside it and shown above the log. */
function Closed({ room, back }: { readonly room: Room; readonly back: ReactNode }) {
  const { closed, late } = room.session
  return (
    <section className="r-closed" aria-label="Session closed">
      <p><b>Closed by {room.name(closed!.by)}.</b> {late.length > 0 ? `${late.length} late ${late.length === 1 ? 'entry waits' : 'entries wait'} to be looked at.` : 'The record stands as it is.'}</p>
      {back}
    </section>
  )
}

/** Holds this sign-in open while the session runs, and the copy on this device until some hours after it. */
function useStaying({ chartId, session, used }: Room) {
  const device = useDevice()
  const open = !session.closed
  const live = used.connection === 'live'
  useEffect(() => (open ? device.holdOpen() : undefined), [open, device])
  useEffect(() => {
    if (!open || !live || device.simulated) return
    const hold = () => void call('joinSession', { params: { chart: chartId, session: session.session }, body: {} }).then(({ until }) => device.keepUntil(chartId, until)).catch(() => {})
    hold()
    const again = setInterval(hold, 60 * 60_000)
    return () => clearInterval(again)
  }, [open, live, chartId, session.session, device])
}

/** A tab in the background still says that something is wrong. */
function useTitle({ session }: Room) {
  const alert = toAnswer(session.alerts.open)
  const title = alert ? `${alert.level === 'red' ? 'EMERGENCY' : alert.level === 'orange' ? 'CALL' : 'Caution'}: ${alert.says}` : 'Session · OpenKAP'
  const severe = alert && alert.level !== 'yellow' && alert.answers.length === 0 ? alert.id : undefined
  useEffect(() => { document.title = title }, [title])
  useEffect(() => { if (severe) navigator.vibrate?.([200, 100, 200]) }, [severe])
}
