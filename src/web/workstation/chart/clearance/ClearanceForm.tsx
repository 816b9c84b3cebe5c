import { useState } from 'react'
import { freshnessOf } from '../../../../core/eligibility/limits.ts'
import { sayUsed } from '../../../../core/eligibility/say-fact.ts'
import { plusDaysOf } from '../../../../core/shared/local-day.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Button, DateField, Notice, RadioTiles, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { plainDay } from '../../times.ts'
import { kindNames } from '../ledger/kinds.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { Signing } from '../parts/Signing.tsx'
import { TextList, written } from '../parts/TextList.tsx'
import { exactTime, plural, reasonLength } from '../words.ts'
import { lastSeqOf, newsSince, type JudgedRule, type Sheet } from './sheet.ts'
import { sendAct } from '../../../sync/send-act.ts'

type Decision = 'cleared' | 'held' | 'refused'
interface Draft {
  readonly decision: Decision | null
  readonly conditions: readonly string[]
  readonly reason: string
  readonly expiresOn: string | null
  readonly overrides: Readonly<Record<string, string>>
  readonly code: string
}
const blank: Draft = { decision: null, conditions: [], reason: '', expiresOn: null, overrides: {}, code: '' }
const SIGN: Record<Decision, string> = { cleared: 'Sign the clearance', held: 'Sign the hold', refused: 'Sign the refusal' }

/** The prescriber's decision, signed. What stops a clearance is listed, and is not to be waved through here. */
export function ClearanceForm({ sheet }: { readonly sheet: Sheet }) {
  const { chart, chartId, used, today, book, rulesMissing } = useOpenChart()
  const [readUpTo, setReadUpTo] = useState(() => lastSeqOf(chart))
  const draft = useDraft<Draft>(`${chartId} clearance`, blank)
  const { value, set } = draft
  const news = newsSince(chart, readUpTo, used.me.person)
  const isCleared = value.decision === 'cleared'
  const latest = plusDaysOf(today, freshnessOf('clearanceSigned', book.screening) ?? 0)
  const problems = {
    rules: rulesMissing,
    ...problemsOf(value, sheet, today, latest, book.screening.overrides.reasonCharacters), news: news.length > 0 ? 'New facts reached this chart while you were reading. Look at them first.' : undefined,
    waiting: used.waiting.length > 0 ? `${plural(used.waiting.length, 'entry', 'entries')} of yours ${used.waiting.length === 1 ? 'is' : 'are'} still on the way to the server. Sign when it has arrived.` : undefined,
  }
  const sign = async () => {
    const overrides = isCleared ? sheet.overridable.map(({ rule }) => ({ rule: rule.id, reason: (value.overrides[rule.id] ?? '').trim() })) : []
    const clearance = { decision: value.decision!, conditions: written(value.conditions), reason: value.reason.trim(), overrides, lastSeq: lastSeqOf(chart), ...(isCleared && value.expiresOn ? { expiresOn: value.expiresOn } : {}) }
    await sendAct([used.me.person, chartId, 'clearance', clearance], (id) => call('signClearance', { params: { chart: chartId }, body: { id, device: used.me.device, code: value.code, clearance } }))
  }
  return (
    <Part title="Your decision">
      {news.length > 0 && <News news={news} onRead={() => setReadUpTo(lastSeqOf(chart))} />}
      <SaveForm label="Decision about the clearance" save={value.decision ? SIGN[value.decision] : 'Sign'} problems={problems} onSave={sign} onDone={() => { draft.clear(); setReadUpTo(lastSeqOf(chart)) }} said="Signed. The care team is told.">
        {(wrong) => <>
          <RadioTiles label="Decision" tile="12rem" choices={[{ value: 'cleared', label: 'Clear', hint: 'With its conditions, until a day you name.' }, { value: 'held', label: 'Hold', hint: 'For now; say what has to happen first.' }, { value: 'refused', label: 'Refuse', hint: 'This treatment is not for this person here.' }]} value={value.decision} onChange={(decision) => set({ decision })} problem={wrong('decision')} />
          {isCleared && sheet.stops.length > 0 && <Stops sheet={sheet} />}
          {isCleared && sheet.overridable.map((judged) => <Overriding key={judged.rule.id} judged={judged} reason={value.overrides[judged.rule.id] ?? ''} onReason={(reason) => set({ overrides: { ...value.overrides, [judged.rule.id]: reason } })} problem={wrong(`override ${judged.rule.id}`)} />)}
          {value.decision && value.decision !== 'refused' && <TextList one={value.decision === 'held' ? 'What has to happen first' : 'Condition'} hint={isCleared ? 'What has to be so on the day, such as a pressure, a letter, a medicine left out.' : 'What would lift the hold.'} optional={isCleared} values={value.conditions} onChange={(conditions) => set({ conditions })} most={20} problem={wrong('conditions')} />}
          {isCleared && (
            <div className="c-pair">
              <DateField label="The clearance ends on" hint={`At the latest ${plainDay(latest)}; new facts reopen it before.`} min={today} max={latest} value={value.expiresOn} onChange={(expiresOn) => set({ expiresOn })} problem={wrong('expiresOn')} />
              <Button kind="quiet" onClick={() => set({ expiresOn: latest })}>Use the latest day</Button>
            </div>
          )}
          <TextArea label="What you base it on" value={value.reason} onChange={(reason) => set({ reason })} problem={wrong('reason')} />
          <Signing what="the clearance" code={value.code} onCode={(code) => set({ code })} problem={wrong('code')} />
        </>}
      </SaveForm>
    </Part>
  )
}

interface OverridingProps {
  readonly judged: JudgedRule
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly problem: string | undefined
}

/** One rule the prescriber goes on in spite of: on which facts, what was signed about it before, and the reason, always written anew. */
function Overriding({ judged: { rule, because }, reason, onReason, problem }: OverridingProps) {
  const { chart, zone, book: { screening: { overrides: { reasonCharacters } } } } = useOpenChart()
  const before = chart.all('clearance.v1').findLast(({ body }) => body.overrides.some((one) => one.rule === rule.id))
  return (
    <div className="c-asked">
      <TextArea label={`Your reason to go on in spite of ${rule.id}`} hint={`${rule.says} ${because.map((one) => sayUsed(one, factVocabulary)).join('; ')}. At least ${reasonCharacters} characters; ${reasonLength(reason)} so far.`} value={reason} onChange={onReason} problem={problem} />
      <p className="soft small">{rule.liftedBy && `Lifted by: ${rule.liftedBy} `}It ends with the clearance, and has to be signed again when its facts change.</p>
      {before && <p className="soft small">Signed before, {exactTime(before.body.signature.signedAt, zone)}, by {before.body.signature.name}: “{before.body.overrides.find((one) => one.rule === rule.id)!.reason}”</p>}
    </div>
  )
}

function problemsOf(value: Draft, sheet: Sheet, today: string, latest: string, reasonCharacters: number): Record<string, string | undefined> {
  const isCleared = value.decision === 'cleared'
  return {
    decision: value.decision === null ? 'Say what you decide.' : isCleared && sheet.stops.length > 0 ? `Nothing can be cleared while ${plural(sheet.stops.length, 'rule')} ${sheet.stops.length === 1 ? 'stands' : 'stand'} in the way. You can hold or refuse.` : undefined,
    ...Object.fromEntries((isCleared ? sheet.overridable : []).map(({ rule }) => [`override ${rule.id}`, reasonLength(value.overrides[rule.id] ?? '') < reasonCharacters ? `${rule.id} needs your reason, in ${reasonCharacters} characters or more.` : undefined])),
    conditions: value.decision === 'held' && written(value.conditions).length === 0 ? 'Say what has to happen first.' : undefined,
    expiresOn: isCleared && (value.expiresOn === null || value.expiresOn < today || value.expiresOn > latest) ? `Name the day on which it ends, at the latest ${plainDay(latest)}.` : undefined,
    reason: value.reason.trim() ? undefined : 'Write what you base it on.', code: /^\d{6}$/.test(value.code) ? undefined : 'The one-time code has six digits.',
  }
}

const Stops = ({ sheet }: { readonly sheet: Sheet }) => (
  <Notice level="caution" what="A clearance cannot be signed while these stand." kept="They are not yours or anybody’s to wave through. You can hold or refuse, or fill in what is missing.">
    <ul className="c-lines">{sheet.stops.map(({ rule, state }) => <li key={rule.id}><strong>{rule.id}</strong> {state === 'unknown' ? 'Could not be judged: ' : ''}{rule.says}</li>)}</ul>
    <RoomLink step="facts" kind="quiet">Fill in what is missing</RoomLink>
  </Notice>
)

function News({ news, onRead }: { readonly news: ReturnType<typeof newsSince>; readonly onRead: () => void }) {
  const { zone, name, book } = useOpenChart()
  return (
    <Notice level="call" urgent what="New facts reached this chart while you were reading." next="The sheet above already counts them.">
      <ul className="c-lines">{news.map((entry) => <li key={entry.id}>{kindNames[entry.kind]}: {sayEntry(entry, { zone, name, book })} <RoomLink step="ledger" entry={entry.id} label={`New: ${kindNames[entry.kind]}, entry ${entry.seq ?? ''}`}>entry</RoomLink></li>)}</ul>
      <Button onClick={onRead}>I have read them</Button>
    </Notice>
  )
}
