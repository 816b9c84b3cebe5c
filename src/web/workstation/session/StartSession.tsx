import { useMemo, useState, type ReactNode } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { DoseRoute } from '../../../core/chart/kinds/clearance.ts'
import { phaseOf } from '../../../core/course/protocol.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { standingVisits } from '../../../core/measures/doses.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { courseIn } from '../../../core/rulebook/own-courses.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { orderInForce } from '../../../core/session/orders.ts'
import { plusMinutes, type Instant } from '../../../core/shared/time.ts'
import { showMg } from '../../../core/shared/units.ts'
import { Badge, Button, DataPairs, EmptyState, Notice, Page, TextArea, TextField } from '../../kit/index.ts'
import { useRulesInForce } from '../../sync/editions.ts'
import { call, Offline, Refused, sendAct, useChart, useNow, type UsedChart } from '../../sync/index.ts'
import { Face, useFace } from '../files/Face.tsx'
import { RulesNotice } from '../RulesNotice.tsx'
import { gateNames } from '../../../core/session/gate-names.ts'
import { sessionGates, type Judged } from './judging.ts'
import { wallTime } from './room.ts'
import { KitForm, ReachForm } from './RoomReady.tsx'
import { SaidBeforeComing } from './SaidBeforeComing.tsx'
import { SoundCheck } from './SoundCheck.tsx'
import './session.css'

export interface StartSessionProps {
  readonly chart: string
  readonly visit?: string | undefined
  /** Leads into the room; told the session's id. */
  readonly onRoom: (session: string) => void
  readonly back?: ReactNode
}

/** Before the room: everything that has to be so, what is missing and who can see to it. Starting needs the server. */
export function StartSession({ chart, visit, onRoom, back }: StartSessionProps) {
  const used = useChart(chart)
  if (!used.ready || !used.head) {
    return <Page brand={back ?? 'OpenKAP'} width="reading">{used.refused ? <Notice level="call" what={used.refused.say} /> : <EmptyState what="Reading this chart …" begin="A session starts only with a connection, because the clearance and the order are judged at the same moment." />}</Page>
  }
  return <Ready used={used} chartId={chart} visit={visit} onRoom={onRoom} back={back} />
}

function Ready({ used, chartId, visit: asked, onRoom, back }: { readonly used: UsedChart; readonly chartId: string; readonly visit: string | undefined; readonly onRoom: StartSessionProps['onRoom']; readonly back: ReactNode }) {
  const { chart, head, me } = used
  const now = useNow(10_000)
  const { zone } = me.practice
  const face = useFace(chartId, chart, used.connection === 'live')
  const today = localDay(now, zone)
  const visits = standingVisits(chart)
  const visit = asked ? visits.find((one) => one.visit === asked) : visits.find((one) => isDosing(one) && localDay(one.startsAt, zone) === today)
  const people = peopleFor(used, visit)
  const order = orderInForce(chart, today)
  const asPrescriber = head!.myRoles.includes('prescriber')
  const mayStart = asPrescriber || head!.myRoles.includes('therapist')
  const maySay = mayStart || head!.myRoles.includes('monitor')
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const [refused, setRefused] = useState<{ readonly say: string; readonly list: readonly { readonly code: string; readonly says: string }[] }>()
  const [busy, setBusy] = useState(false)
  const [listening, setListening] = useState(false)
  const minute = now.slice(0, 16)
  const rules = useRulesInForce(me.practice.id)
  const judged = useMemo(() => sessionGates(chart, head!.protocol, people, visit?.visit, now, zone, reasons, asPrescriber, rules), [chart, head, visit?.visit, minute, zone, reasons, asPrescriber, rules.book, rules.missing])
  const open = judged.gates.find(({ gate, state }) => gate === 'no-open-session' && state === 'not-met')?.facts[0]

  const start = async (heard: boolean) => {
    if (!order) return
    setListening(false)
    setBusy(true)
    setRefused(undefined)
    try {
      const given = Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason.trim()))
      await used.sent()
      const said = { ...(visit ? { visit: visit.visit } : {}), order: order.id, ...(Object.keys(given).length > 0 ? { reasons: given } : {}) }
      const { entry } = await sendAct([me.person, chartId, 'start', said], (id) => call('startSession', { params: { chart: chartId }, body: { id, device: me.device, ...said } }))
      if (!heard) await used.write('session-note.v1', { text: 'The alarm sound was not heard on the device that began the session; its screen is watched.' }, { session: entry.id })
      onRoom(entry.id)
    } catch (failure) {
      setRefused(failure instanceof Refused ? failure : { say: failure instanceof Offline ? 'There is no connection. A session starts only with one; nothing was changed.' : 'The session could not be started.', list: [] })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Page brand={back ?? 'OpenKAP'} width="reading">
      <title>{`Start a session: ${head!.name}`}</title>
      <div className="k-stack">
        <h1>Start a medicine session</h1>
        <DataPairs wide pairs={[
          ['Person', <span key="who" className="r-start-who"><Face face={face} name={head!.name} size="small" /> {head!.name} · {face.says}</span>], ['Visit', visit ? `${visit.type} ${visit.number}, ${wallTime(visit.startsAt, zone)}` : 'none booked for today'],
          ['Order', order && `${showMg(order.body.doseUg)} ${order.body.route}`], ['Named for it', people.map(({ name, role }) => `${name} (${role})`).join(', ')],
        ]} />
        {open && <Notice level="call" what="A session of this person is open already."><Button kind="primary" size="room" onClick={() => onRoom(open)}>Go on with the open session</Button></Notice>}
        {visit && <SaidBeforeComing chart={chart} visit={visit} book={rules.book} zone={zone} />}
        {rules.missing
          ? <RulesNotice missing={rules.missing} kept="The chart can be read and written, and what happens in a running session is kept." next="No session is started until then; this page looks again every minute." />
          : <Gates judged={judged} asPrescriber={asPrescriber} reasons={reasons} onReasons={setReasons} />}
        {maySay && <NextToDo used={used} judged={judged} visit={visit} book={rules.book} now={now} route={order?.body.route} />}
        {refused && <Notice urgent level="caution" what={refused.say}>{refused.list.length > 0 && <ul>{refused.list.map(({ code, says }) => <li key={code}>{says}</li>)}</ul>}</Notice>}
        {!mayStart && <p className="soft">A therapist or a prescriber of the team starts the session. You can check in once it runs.</p>}
        {mayStart && !open && !listening && <div className="k-buttons"><Button kind="primary" size="room" pending={busy} disabled={!judged.passes || !order} onClick={() => setListening(true)}>Start the session</Button></div>}
        {listening && <SoundCheck onHeard={() => void start(true)} onSilent={() => void start(false)} />}
        {used.connection === 'away' && <p className="r-warn">No connection: what is listed here may be out of date, and the session cannot start.</p>}
      </div>
    </Page>
  )
}

/** What has to be so before a session. A field for a reason stands only where a reason may carry. */
export function Gates({ judged, asPrescriber, reasons, onReasons }: { readonly judged: Judged; readonly asPrescriber: boolean; readonly reasons: Readonly<Record<string, string>>; readonly onReasons: (reasons: Readonly<Record<string, string>>) => void }) {
  const closed = judged.gates.filter(({ state }) => state !== 'met')
  const met = judged.gates.filter(({ state }) => state === 'met')
  return (
    <section aria-label="What has to be so" className="r-gates">
      <h2>{judged.passes ? 'Looked at before the session' : 'Not yet: this is missing'}</h2>
      <ul>
        {closed.map((gate) => (
          <li key={gate.gate} className="r-gate" data-gate={gate.gate} data-state={gate.state}>
            <span><b>{gateNames[gate.gate] ?? gate.gate}</b> <Badge level="caution">{gate.state === 'unknown' ? 'not known' : 'missing'}</Badge></span>
            <span>{gate.says}{!gate.overridable && ' Nobody can pass this by.'}</span>
            {gate.overridable && asPrescriber && <TextArea label={`Reason to go on without: ${gateNames[gate.gate] ?? gate.gate}`} optional hint="Twenty characters or more; it is signed with your name and stands in the record." value={reasons[gate.gate] ?? ''} onChange={(reason) => onReasons({ ...reasons, [gate.gate]: reason })} maxLength={2000} />}
            {gate.overridable && !asPrescriber && <span className="soft">A prescriber may go on with a written reason.</span>}
          </li>
        ))}
      </ul>
      <details open={closed.length === 0}><summary>{met.length} looked at</summary><ul>{met.map(({ gate, says }) => <li key={gate} className="r-gate" data-gate={gate} data-state="met"><b>{gateNames[gate] ?? gate}</b><span>{says}</span></li>)}</ul></details>
    </section>
  )
}

/** What is missing and can be seen to here, one thing after the other: who comes, the kit, the prescriber. */
function NextToDo({ used, judged, visit, book, now, route }: { readonly used: UsedChart; readonly judged: Judged; readonly visit: BookedVisit | undefined; readonly book: Rulebook; readonly now: Instant; readonly route: DoseRoute | undefined }) {
  const { head, me: { practice: { zone } } } = used
  const { kit, prescriber, prescriberOnSite } = book.monitoring.gates
  const open = (...gates: readonly string[]) => judged.blocking.some(({ gate }) => gates.includes(gate))
  if (open('escort')) return <NameEscort used={used} />
  if (open('emergency-kit')) return <KitForm chart={head!.chart} row={kit} room={visit?.room} today={localDay(now, zone)} zone={zone} onChecked={(body) => void used.write('room-checked.v1', body)} />
  if (!open('prescriber-reachable', 'prescriber-on-site')) return null
  const protocol = courseIn(book, head!.protocol)
  const sessionMin = (protocol && phaseOf(protocol, 'medicine')?.durationMin) ?? 0
  const planned = plusMinutes(now, sessionMin)
  return (
    <ReachForm
      row={prescriber} prescribers={(head?.team ?? []).filter(({ role }) => role === 'prescriber')} zone={zone} onSite={route !== undefined && [...prescriber.onSite, ...prescriberOnSite].includes(route)}
      neededUntil={visit && visit.endsAt > planned ? visit.endsAt : planned} onReached={(body) => void used.write('prescriber-reachable.v1', body)}
    />
  )
}

/** The person who comes is often named on the day itself; nobody should have to leave this page for it. */
function NameEscort({ used }: { readonly used: UsedChart }) {
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const filled = name.trim() !== '' && phone.trim() !== ''
  return (
    <form className="r-inline" onSubmit={(event) => { event.preventDefault(); if (filled) void used.write('escort-named.v1', { name: name.trim(), phone: phone.trim(), relationship: '', adult: true }) }}>
      <TextField label="Name of the adult" value={name} onChange={setName} maxLength={200} />
      <TextField label="Phone of the adult" value={phone} onChange={setPhone} maxLength={40} />
      <Button size="room" type="submit" disabled={!filled}>Name this adult</Button>
    </form>
  )
}

/** Those booked for the visit, or else those of the team who may be in the room: as the server names them. */
function peopleFor({ head }: UsedChart, visit: { readonly people: readonly { readonly person: string; readonly name: string; readonly role: string }[] } | undefined) {
  if (visit && visit.people.length > 0) return visit.people.filter(({ role }) => role !== 'coordinator')
  return (head?.team ?? []).filter(({ role }) => role === 'therapist' || role === 'monitor' || role === 'prescriber')
}
