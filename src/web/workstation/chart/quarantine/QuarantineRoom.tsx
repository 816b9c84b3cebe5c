import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { localDay } from '../../../../core/shared/local-day.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { BroughtFile } from '../../../../core/chart/quarantine.ts'
import type { Quarantined } from '../../../../core/contract/quarantine.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { fileNamedBy, type MediaType } from '../../../../core/files/file-named.ts'
import { Badge, Button, EmptyState, Notice, StatusLine, TextArea } from '../../../kit/index.ts'
import { call, clock, newId, Refused } from '../../../sync/index.ts'
import { clockTime, dayAndTime } from '../../times.ts'
import { kindNames } from '../ledger/kinds.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'

export function useQuarantine() {
  const { chartId, may } = useOpenChart()
  return useQuery({ queryKey: ['quarantine', chartId], queryFn: () => call('quarantine', { params: { chart: chartId } }), enabled: may('quarantine.read'), refetchInterval: 60_000 })
}

/** Stands at the head of the chart until somebody has decided, so that nobody takes the chart for complete. */
export function QuarantineBanner() {
  const { place, zone } = useOpenChart()
  const open = (useQuarantine().data?.acts ?? []).filter(({ state }) => state === 'open')
  if (open.length === 0 || place.step === 'quarantine') return null
  return (
    <div className="c-risks">
      {byAuthor(open).map((acts) => (
        <Notice key={acts[0]!.by.person} level="call" what={`${saysWhose(acts, zone)}.`} kept="They are not part of the record until somebody adopts them.">
          <RoomLink step="quarantine" kind="quiet" label={`Look at what ${acts[0]!.by.name} wrote`}>Look at them</RoomLink>
        </Notice>
      ))}
    </div>
  )
}

const byAuthor = (acts: readonly Quarantined[]): readonly (readonly Quarantined[])[] => [...new Set(acts.map(({ by }) => by.person))].map((person) => acts.filter(({ by }) => by.person === person))

/** "3 entries by Lee, written on a device whose access ended, 14:02 to 14:10" */
export function saysWhose(acts: readonly Pick<Quarantined, 'by' | 'entries' | 'from' | 'to'>[], zone: string): string {
  const [from, to] = [acts.map((one) => one.from).toSorted()[0]!, acts.map((one) => one.to).toSorted().at(-1)!]
  const until = dayAndTime(from, zone) === dayAndTime(to, zone) ? '' : ` to ${localDay(from, zone) === localDay(to, zone) ? clockTime(to, zone) : dayAndTime(to, zone)}`
  return `${plural(acts.reduce((sum, { entries }) => sum + entries, 0), 'entry', 'entries')} by ${acts[0]!.by.name}, written on a device whose access ended, ${dayAndTime(from, zone)}${until}`
}

/** What somebody wrote on a device whose access had ended before it could be sent: opened, and adopted or set aside, act by act and by name. */
export function QuarantineRoom() {
  const { chart } = useOpenChart()
  const { data, isError } = useQuarantine()
  const acts = data?.acts ?? []
  const open = acts.filter(({ state }) => state === 'open')
  return (
    <Room title="From a device whose access ended" says={open.length === 0 ? 'Nothing waits to be decided.' : `${plural(open.length, 'act')} to decide about. Until then none of it is part of the record.`}>
      {isError && <StatusLine waiting>What devices have brought can only be seen with a connection.</StatusLine>}
      {open.map((one, place) => <OneAct key={one.act} one={one} number={`${place + 1} of ${open.length}`} />)}
      <Part title="Decided">
        {acts.length === open.length && <EmptyState what="What was adopted or set aside stands here, with who decided so." />}
        {acts.filter(({ state }) => state !== 'open').map((one) => <Decided key={one.act} one={one} adoption={chart.all('entries-adopted.v1').find(({ body }) => body.act === one.act)?.body.note} />)}
      </Part>
    </Room>
  )
}

type Opened = Response<'openQuarantined'>

function OneAct({ one, number }: { readonly one: Quarantined; readonly number: string }) {
  const { chartId, zone, may, used } = useOpenChart()
  const queries = useQueryClient()
  const [found, setFound] = useState<Opened>()
  const [deciding, setDeciding] = useState<'adopt' | 'discard'>()
  const [problem, setProblem] = useState<Refused | string>()
  const params = { chart: chartId, act: one.act }
  const run = (act: () => Promise<unknown>) => act().then(() => { setProblem(undefined); setDeciding(undefined) }, (failure: unknown) => { setProblem(failure instanceof Refused ? failure : 'There is no connection. Nothing was changed; try again once there is one.'); setDeciding(undefined) }).finally(() => void queries.invalidateQueries({ queryKey: ['quarantine', chartId] }))
  return (
    <Part title={saysWhose([one], zone)} label={`${number}: ${saysWhose([one], zone)}`} end={<Badge level="call">not decided</Badge>}>
      <p className="soft">Brought {dayAndTime(one.receivedAt, zone)}, sealed. {one.session ? 'It says that it belongs to a medicine session.' : ''}</p>
      {problem && <Notice urgent level="caution" what={typeof problem === 'string' ? problem : problem.say}>{typeof problem !== 'string' && problem.list.length > 0 && <ul>{problem.list.map(({ code, says }) => <li key={code}>{says}</li>)}</ul>}</Notice>}
      {found && <Lines found={found} />}
      {may('quarantine.decide') && !found && <div className="k-buttons"><Button kind="primary" onClick={() => void run(async () => setFound(await call('openQuarantined', { params, body: {} })))}>Open</Button></div>}
      {may('quarantine.decide') && found && !deciding && (
        <div className="k-buttons">
          <Button kind="primary" onClick={() => setDeciding('adopt')}>Adopt in my name</Button>
          <Button kind="quiet" onClick={() => setDeciding('discard')}>Set aside</Button>
        </div>
      )}
      {!may('quarantine.decide') && <p className="soft">A therapist or a prescriber of the team opens it and decides.</p>}
      {deciding === 'adopt' && <Adopt one={one} onClose={() => setDeciding(undefined)} onAdopt={(note) => run(() => call('adoptQuarantined', { params, body: { id: newId(clock.ms()), device: used.me.device, note } }))} />}
      {deciding === 'discard' && <SetAside onClose={() => setDeciding(undefined)} onDiscard={(reason) => run(() => call('discardQuarantined', { params, body: { reason } }))} />}
    </Part>
  )
}

/** What it says, as the chart would say it; here nothing of it counts. */
function Lines({ found }: { readonly found: Opened }) {
  const { zone, name, book } = useOpenChart()
  return (
    <ul className="c-lines">
      {found.entries.map((each) => {
        const entry = each as unknown as Entry
        const file = found.files.find((one) => one.entry === entry.id)
        return <li key={entry.id}><span className="soft">{dayAndTime(entry.at, zone)}</span> <strong>{kindNames[entry.kind]}</strong> {sayEntry(entry, { zone, name, book })}{entry.amends && <span className="soft"> (corrects an earlier entry)</span>}{file && <StatusLine waiting={file.state !== 'here'}>{saysFile(fileNamedBy(entry)!.type, file.state)}</StatusLine>}</li>
      })}
    </ul>
  )
}

/** What came with an entry that names a picture or a sound, before anybody can look at it. */
export function saysFile(type: MediaType, state: BroughtFile): string {
  const what = type === 'image/jpeg' ? 'picture' : 'sound'
  return {
    here: `Its ${what} came with it, sealed. Nobody can ${what === 'picture' ? 'see' : 'hear'} it before the entry is adopted; then it stands beside the chart.`,
    'not-brought': `Its ${what} has not come. Adopted, the entry says so; whoever wrote it can still bring it by signing in on that device.`,
    another: `What came in place of its ${what} is not what the entry names, and is not taken. Adopted, the entry says that the ${what} has not arrived.`,
  }[state]
}

function Adopt({ one, onClose, onAdopt }: { readonly one: Quarantined; readonly onClose: () => void; readonly onAdopt: (note: string) => Promise<unknown> }) {
  const { used } = useOpenChart()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  return (
    <form className="c-form" aria-label="Adopt in your name" onSubmit={(event) => { event.preventDefault(); setBusy(true); void onAdopt(note.trim()).finally(() => setBusy(false)) }}>
      <p>The entries go on the chart as {one.by.name} wrote them, with their times and their device. Beside them stands that you, {used.me.name}, took them over, and when. In a closed session they come late and are marked so.</p>
      <TextArea label="What you go by" optional hint="For example: I was in the room." value={note} onChange={setNote} />
      <div className="k-buttons"><Button kind="primary" type="submit" pending={busy}>Adopt</Button><Button kind="quiet" onClick={onClose}>Not now</Button></div>
    </form>
  )
}

function SetAside({ onClose, onDiscard }: { readonly onClose: () => void; readonly onDiscard: (reason: string) => Promise<unknown> }) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const short = reason.trim().length < 3
  return (
    <form className="c-form" aria-label="Set aside" onSubmit={(event) => { event.preventDefault(); if (short) return; setBusy(true); void onDiscard(reason.trim()).finally(() => setBusy(false)) }}>
      <p>It does not go on the chart. It is kept as it is, sealed, with your name and your reason.</p>
      <TextArea label="Why" value={reason} onChange={setReason} />
      <div className="k-buttons"><Button kind="primary" type="submit" pending={busy} disabled={short}>Set aside</Button><Button kind="quiet" onClick={onClose}>Not now</Button></div>
    </form>
  )
}

function Decided({ one, adoption }: { readonly one: Quarantined; readonly adoption: string | undefined }) {
  const { zone } = useOpenChart()
  const what = { adopted: 'Adopted', discarded: 'Set aside', arrived: 'Came in the usual way', open: '' }[one.state]
  return (
    <div className="c-past">
      <p>{saysWhose([one], zone)}. <strong>{what}{one.decidedBy ? ` by ${one.decidedBy}` : ''}</strong>{one.decidedAt ? <span className="soft">, {dayAndTime(one.decidedAt, zone)}</span> : ''}{one.reason ? `: ${one.reason}` : adoption ? `: ${adoption}` : one.state === 'arrived' ? <span className="soft">: {one.by.name} has access again and sent it; nothing has to be decided.</span> : ''}</p>
    </div>
  )
}
