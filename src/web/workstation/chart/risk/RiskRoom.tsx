import type { Role } from '../../../../core/access/roles.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import type { OpenRisk } from '../../../../core/measures/open-risks.ts'
import { instrumentOf } from '../../../../core/measures/instrument.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Badge, DateField, EmptyState, RadioTiles, TextArea, TimeField } from '../../../kit/index.ts'
import { useNow } from '../../../sync/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room, When, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { listed, momentOf, people } from '../words.ts'
import { leftWords } from './RiskBanner.tsx'

type Body = BodyOf<'risk-contact.v1'>

/** Risk paths: opened by answers, closed only by a named person's decision. A lower score closes nothing. */
export function RiskRoom() {
  const { course, chart } = useOpenChart()
  const contacts = chart.all('risk-contact.v1').toReversed()
  return (
    <Room title="Risk paths" says="A path stays open until somebody writes that it is closed, and why. A later, lower answer does not close it.">
      {course.risks.length === 0 && <EmptyState what="No risk path is open. One opens by itself when an answer asks for it, with its clock and the people to call." begin={<RoomLink step="c-ssrs">Ask the C-SSRS now</RoomLink>} />}
      {course.risks.map((risk) => <OnePath key={risk.opened} risk={risk} />)}
      <Part title="Contacts">
        {contacts.length === 0 && <p className="soft">No contact was written yet.</p>}
        {contacts.map((entry) => <div key={entry.id} className="c-past"><p><strong>{decisionWords[entry.body.decided]}</strong>{entry.body.reached ? '' : ', not reached'} · level {entry.body.level}. {entry.body.note}</p><Written entry={entry} what="this contact" /></div>)}
      </Part>
    </Room>
  )
}

const decisionWords: Record<Body['decided'], string> = { 'tried-again': 'Try again', 'safety-plan-and-follow-up': 'Safety plan and follow-up', 'urgent-evaluation': 'Urgent evaluation', 'emergency-services': 'Emergency services called', closed: 'Closed' }

function OnePath({ risk }: { readonly risk: OpenRisk }) {
  const { zone, name, mayWrite, team } = useOpenChart()
  const now = useNow(1_000)
  const named = (roles: readonly Role[]) => { const found = [...new Set(team.filter(({ role }) => roles.includes(role)).map((one) => one.name))]; return found.length > 0 ? listed(found) : `nobody yet, the team has no ${people(roles)}` }
  const instrument = instrumentOf(instruments, risk.instrument)
  const because = risk.because.map((id) => instrument?.items.find((item) => item.id === id)?.text ?? id)
  return (
    <Part title={instrument ? `Opened by ${instrument.title}` : 'Opened by an answer'} end={<Badge level={risk.atLeast === 'high' ? 'emergency' : 'call'}>{risk.overdue ? 'overdue' : risk.clock === 'same-hour' ? 'within the hour' : 'today'}</Badge>}>
      <p>{risk.says}</p>
      <p><strong>{leftWords(risk.dueAt, now, dayAndTime(risk.dueAt, zone))}</strong> Opened <When at={risk.openedAt} />{because.length > 0 && `, by: ${because.join('; ')}`}. <RoomLink step="ledger" entry={risk.opened}>The answers</RoomLink></p>
      <p>{risk.owner.person ? name(risk.owner.person) : named([risk.owner.role])} owns it; told: {named(risk.tell)}. {risk.dosing === 'stopped' ? 'No dose until a prescriber has reviewed it.' : risk.dosing === 'after-safety-plan' ? 'No dose before a safety plan made since.' : 'No dose before the interview.'}</p>
      <h4>Whom to call</h4>
      <ul className="c-calls">
        {risk.call.map((one) => <li key={one.who}>{one.name}{one.who === 'emergency-contact' ? ' (emergency contact)' : ''}: {one.phone ? <a href={`tel:${one.phone.replaceAll(' ', '')}`}>{one.phone}</a> : <span className="soft">no number on the chart</span>}</li>)}
        {risk.call.length === 0 && <li className="soft">There are no numbers on the chart.</li>}
        <li>988 Suicide and Crisis Lifeline: <a href="tel:988">988</a> · in danger: <a href="tel:911">911</a></li>
      </ul>
      {mayWrite('risk-contact.v1') && <ContactForm opened={risk.opened} />}
    </Part>
  )
}

interface Draft {
  readonly reached: 'yes' | 'no' | null
  readonly level: Body['level'] | null
  readonly decided: Body['decided'] | null
  readonly note: string
  readonly day: string | null
  readonly time: string | null
}
const blank: Draft = { reached: null, level: null, decided: null, note: '', day: null, time: null }

/** One contact, or the decision that closes the path. */
function ContactForm({ opened }: { readonly opened: string }) {
  const { used, chartId, zone } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} risk ${opened}`, blank)
  const { value, set } = draft
  const next = momentOf(value.day, value.time, zone)
  const problems = {
    reached: value.reached === null ? 'Say whether the person was reached.' : undefined, level: value.level === null ? 'Say the level as you judge it now.' : undefined, decided: value.decided === null ? 'Say what was decided.' : undefined,
    note: value.note.trim() ? undefined : 'Write what was said and why you decided so.', next: (value.day || value.time) && !next ? 'The next contact needs a day and a time.' : undefined,
  }
  const save = () => used.write('risk-contact.v1', { opened, reached: value.reached === 'yes', level: value.level ?? 'high', decided: value.decided ?? 'tried-again', note: value.note.trim(), ...(next ? { nextContactAt: next } : {}) })
  return (
    <SaveForm label="Contact about this risk" save={value.decided === 'closed' ? 'Close the path' : 'Write the contact'} problems={problems} onSave={save} onDone={draft.clear}>
      {(wrong) => <>
        <RadioTiles label="Was the person reached?" tile="8rem" choices={[{ value: 'yes', label: 'Reached' }, { value: 'no', label: 'Not reached' }]} value={value.reached} onChange={(reached) => set({ reached })} problem={wrong('reached')} />
        <RadioTiles label="Level as you judge it now" tile="7rem" choices={[{ value: 'high', label: 'High' }, { value: 'moderate', label: 'Moderate' }, { value: 'low', label: 'Low' }, { value: 'none', label: 'None' }]} value={value.level} onChange={(level) => set({ level })} problem={wrong('level')} />
        <RadioTiles label="Decided" tile="12rem" choices={(Object.keys(decisionWords) as Body['decided'][]).map((one) => ({ value: one, label: decisionWords[one] }))} value={value.decided} onChange={(decided) => set({ decided })} problem={wrong('decided')} />
        <TextArea label="What was said, and why" value={value.note} onChange={(note) => set({ note })} problem={wrong('note')} />
        {value.decided !== 'closed' && <div className="c-pair"><DateField label="Next contact, day" optional value={value.day} onChange={(day) => set({ day })} problem={wrong('next')} /><TimeField label="Next contact, time" optional value={value.time} onChange={(time) => set({ time })} /></div>}
      </>}
    </SaveForm>
  )
}
