import { photoAt } from '../../../../core/files/photo.ts'
import { dosingVisits } from '../../../../core/measures/doses.ts'
import { gateNames } from '../../../../core/session/gate-names.ts'
import { orderInForce } from '../../../../core/session/orders.ts'
import { closings, tolerances } from '../../../../core/session/say-entry.ts'
import { transcriptions, type Transcription } from '../../../../core/session/transcribed.ts'
import { theServer } from '../../../../core/chart/entry.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { Button, CheckboxGroup, DateField, Disclosure, Notice, Select, TextField, TimeField } from '../../../kit/index.ts'
import { call, newId, sendAct } from '../../../sync/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { exactTime, momentOf, plural } from '../words.ts'
import { ComparePart } from './ComparePart.tsx'
import { blankLine, blankPaper, entriesOf, lineNames, problemsOf, type PaperDraft, type PaperLine } from './paper-lines.ts'
import { LineFields } from './LineFields.tsx'

/** What was done on paper while nothing answered: typed in, marked as typed, and compared by a second person. */
export function PaperRoom() {
  const { chart, mayWrite } = useOpenChart()
  const typed = transcriptions(chart).toReversed()
  return (
    <Room title="From paper" says="Times and hands are the paper’s. What is typed here stays marked as transcribed, and reads as not yet checked until a second person has compared it.">
      {typed.map((one) => <OneTranscription key={one.entry.id} one={one} />)}
      {mayWrite('session-transcribed.v1') ? <PaperForm /> : <NotYours who="Those who treat this person type in what stands on paper." />}
    </Room>
  )
}

const STATES = { unchecked: 'Transcribed, not yet checked', differs: 'Compared: something differs', checked: 'Transcribed and checked' } as const

function OneTranscription({ one }: { readonly one: Transcription }) {
  const { chart, chartId, name, zone } = useOpenChart()
  const { entry, state, checks } = one
  const started = entry.session === undefined ? undefined : chart.entry(entry.session)
  const unmet = checks.at(-1)?.body.unmet ?? entry.body.unmet
  return (
    <Part title={`Session ${started?.kind === 'session-started.v1' ? started.body.number : ''}: ${STATES[state].toLowerCase()}`} end={<a href={`/work/charts/${chartId}/session/${entry.session}`}>The whole session</a>}>
      <p>{plural(one.lines.length, 'line')} written on paper by {entry.body.wrote}, typed by {name(entry.by)}, {exactTime(entry.at, zone)}. {entry.body.why}</p>
      {checks.map((check) => <p key={check.id} className="soft">Compared by {check.body.signature.name}, {exactTime(check.at, zone)}.</p>)}
      {unmet.length > 0 && (
        <Disclosure summary={`What was not met when it was done on paper (${unmet.length})`}>
          <ul>{unmet.map((gate) => <li key={`${gate.at} ${gate.gate} ${gate.step ?? ''}`}>{gate.step === undefined ? 'At the start' : `Before dose step ${gate.step}`}: {gateNames[gate.gate] ?? gate.gate}. {gate.says}</li>)}</ul>
        </Disclosure>
      )}
      {state !== 'checked' && <ComparePart one={one} />}
    </Part>
  )
}

const WHATS: readonly PaperLine['what'][] = ['reading', 'dose', 'effect', 'note', 'identity', 'leaving', 'ticked', 'escort']

function PaperForm() {
  const { chart, chartId, used, zone, now, team, may, place } = useOpenChart()
  const draft = useDraft<PaperDraft>(`${chartId} paper`, { ...blankPaper, of: place.entry ?? null })
  const { value, set } = draft
  const closed = new Set(chart.all('session-closed.v1').map(({ session }) => session))
  const open = chart.all('session-started.v1').filter(({ id }) => !closed.has(id))
  const begun = new Set(chart.all('session-started.v1').flatMap(({ body }) => body.visit ?? []))
  const visits = dosingVisits(chart).filter(({ visit, startsAt }) => !begun.has(visit) && startsAt <= now)
  const choices = [...open.map(({ id, at, body }) => ({ value: id, label: `Session ${body.number}, begun on a device ${dayAndTime(at, zone)}` })), ...(may('session.start') ? [...visits.map((visit) => ({ value: visit.visit, label: `The visit booked for ${dayAndTime(visit.startsAt, zone)}` })), { value: 'unbooked', label: 'A session that was not booked' }] : [])]
  const running = open.find(({ id }) => id === value.of)
  const begins = !running
  const choose = (of: string | null) => { const visit = visits.find((one) => one.visit === of); set({ of, ...(visit && !value.day ? { day: localDay(visit.startsAt, zone) } : {}) }) }
  const photo = (at: string) => photoAt(chart, at)?.id
  const problems = problemsOf(value, { now, zone, photoAt: photo }, begins)
  const people = team.flatMap(({ person, name, role }) => (role === 'therapist' || role === 'monitor' || role === 'prescriber' ? [{ person, name, role }] : []))
  const there = people.filter(({ person }) => value.people.includes(person))
  const line = (key: string, change: Partial<PaperLine>) => set({ lines: value.lines.map((one) => (one.key === key ? { ...one, ...change } : one)) })
  const send = async () => {
    const order = running ? chart.entry(running.body.order) : value.day ? orderInForce(chart, value.day) ?? chart.latest('order.v1') : undefined
    const kept = order?.kind === 'order.v1' ? order : undefined
    const from = momentOf(value.day, value.from, zone)
    await sendAct([used.me.person, chartId, 'paper', value], (id) => {
      const session = running?.id ?? newId(Date.parse(now))
      const lines = entriesOf(value, { session, device: used.me.device, now, zone, route: running?.body.route ?? kept?.body.route ?? 'IM', order: kept?.id ?? theServer, photoAt: photo, ...(running ? {} : { people: there }) })
      return call('transcribe', { params: { chart: chartId }, body: {
        id, device: used.me.device, session, wrote: value.wrote.trim(), why: value.why.trim(), lines: lines.map(({ entry, by }) => ({ entry: { ...entry, body: entry.body as Record<string, unknown> }, by })),
        ...(running ? {} : { start: { at: from!, ...(value.of && value.of !== 'unbooked' ? { visit: value.of } : {}), people: there } }),
      } })
    })
  }
  return (
    <Part title="Type in what stands on paper">
      <SaveForm label="What stands on paper" save="Write it into the chart, as typed from paper" problems={problems} onSave={send} onDone={draft.clear} said="Written, marked as transcribed and not yet checked. The others on the team are told.">
        {(wrong) => <>
          <Select label="Which session this paper is of" choices={choices} value={value.of} onChange={choose} problem={wrong('of')} />
          <div className="c-three">
            <DateField label="Day, as on the paper" max={localDay(now, zone)} value={value.day} onChange={(day) => set({ day })} problem={wrong('when')} />
            {begins && <TimeField label="Began at" value={value.from} onChange={(from) => set({ from })} />}
          </div>
          <div className="c-pair"><TextField label="Who wrote the paper" value={value.wrote} onChange={(wrote) => set({ wrote })} problem={wrong('wrote')} /><TextField label="Why it was on paper" value={value.why} onChange={(why) => set({ why })} problem={wrong('why')} /></div>
          {begins && <CheckboxGroup label="Who was in the room, as the paper says" choices={people.map(({ person, name, role }) => ({ value: person, label: name, hint: role }))} value={value.people} onChange={(next) => set({ people: next })} problem={wrong('people')} />}
          <Lines value={value} onLine={line} onRemove={(key) => set({ lines: value.lines.filter((one) => one.key !== key) })} wrong={wrong} />
          <div className="k-buttons">{WHATS.map((what) => <Button key={what} kind="quiet" onClick={() => set({ lines: [...value.lines, blankLine(what, newId(Date.now()), value.wrote)] })}>{`Add: ${lineNames[what].toLowerCase()}`}</Button>)}</div>
          {wrong('lines') && <Notice level="caution" what={wrong('lines')!} />}
          <div className="c-three">
            <Select label="How it ended" optional={!begins} empty="Not on this paper" choices={Object.entries(closings).map(([how, label]) => ({ value: how, label }))} value={value.how} onChange={(how) => set({ how: how as PaperDraft['how'] })} problem={wrong('how')} />
            <TimeField label="Ended at" optional={!begins} value={value.to} onChange={(to) => set({ to })} />
            <Select label="How much it was" optional={!begins} empty="Not on this paper" choices={Object.entries(tolerances).map(([how, label]) => ({ value: how, label }))} value={value.tolerance} onChange={(tolerance) => set({ tolerance: tolerance as PaperDraft['tolerance'] })} />
          </div>
          <p className="soft">Signatures on the paper stay on the paper: keep it. Nothing is refused because something was missing that day; what was not met stands beside what was done.</p>
        </>}
      </SaveForm>
    </Part>
  )
}

function Lines({ value, onLine, onRemove, wrong }: { readonly value: PaperDraft; readonly onLine: (key: string, change: Partial<PaperLine>) => void; readonly onRemove: (key: string) => void; readonly wrong: (field: string) => string | undefined }) {
  return value.lines.map((line, place) => (
    <fieldset key={line.key} className="c-paper">
      <legend>{lineNames[line.what]} <span className="soft">line {place + 1}</span></legend>
      <LineFields line={line} onChange={(change) => onLine(line.key, change)} />
      {wrong(line.key) && <p className="k-field__problem" role="alert">{wrong(line.key)}</p>}
      <Button kind="plain" aria-label={`Take out line ${place + 1}`} onClick={() => onRemove(line.key)}>Take this line out</Button>
    </fieldset>
  ))
}
