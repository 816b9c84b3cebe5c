import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import { clearanceHistory, type ClearanceEvent } from '../../../../core/eligibility/clearance-history.ts'
import { judgedChart } from '../../../../core/eligibility/reopened.ts'
import { sayMet } from '../../../../core/eligibility/say-fact.ts'
import { decisionWords, factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Disclosure } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { exactTime, listed } from '../words.ts'

/** Everything that happened to the clearance, newest first: each decision, each reopening, each end, with who, when and which edition. */
export function ClearanceHistory() {
  const { chart, now, book } = useOpenChart()
  const events = clearanceHistory(judgedChart(chart, book), book.eligibility, now, book.screening).toReversed()
  return (
    <Part title="History of the clearance">
      {events.length === 0 && <p className="soft">Nobody has signed anything yet. Every clearance, hold, refusal and reopening will stand here.</p>}
      <ol className="c-became" aria-label="History of the clearance">{events.map((event) => <li key={`${event.what} ${event.at} ${event.what === 'reopened' ? event.rules.map(({ rule }) => rule.id).join(' ') : ''}`}><OneEvent event={event} /></li>)}</ol>
    </Part>
  )
}

/** Only a no says that it is not so; what became unknown is said to be unknown. */
const UNTIL = {
  no: { again: 'what had reopened it no longer holds', open: 'what had reopened it is not so any more' },
  unknown: { again: 'what had reopened it can no longer be judged', open: 'what had reopened it cannot be judged any more' },
  yes: { again: 'nothing that is met now reopens it', open: 'nothing that is met now reopens it by itself' },
} as const

function OneEvent({ event }: { readonly event: ClearanceEvent }) {
  const { zone } = useOpenChart()
  if (event.what === 'signed') return <Signed entry={event.entry} />
  if (event.what === 'expired') return <p><strong>Expired</strong>, {exactTime(event.at, zone)}. It had reached its last day.</p>
  if (event.what === 'counts-again') return <p><strong>Counts again</strong>, {exactTime(event.at, zone)}: {UNTIL[event.truth].again}. <By entries={event.entries} what="counts again" /></p>
  if (event.what === 'awaits-signature') return <p><strong>Still open</strong>, {exactTime(event.at, zone)}: {UNTIL[event.truth].open}, and a prescriber has to sign again. <By entries={event.entries} what="awaits a signature" /></p>
  return (
    <>
      <p><strong>Reopened</strong>, {exactTime(event.at, zone)}. <By entries={event.entries} what="reopened" /></p>
      <ul>{event.rules.map((met) => <li key={met.rule.id}>{sayMet(met, factVocabulary)}</li>)}</ul>
    </>
  )
}

function By({ entries, what }: { readonly entries: readonly Entry[]; readonly what: string }) {
  const { name } = useOpenChart()
  if (entries.length === 0) return <>Nobody wrote anything; time went by.</>
  return <>Written by {listed([...new Set(entries.map(({ by }) => name(by)))])}. {entries.map(({ id, seq }) => <RoomLink key={id} step="ledger" entry={id} label={`The clearance ${what}: entry ${seq ?? 'not sent yet'}`}>entry</RoomLink>)}</>
}

const DECIDED = { cleared: 'Cleared', held: 'Put on hold', refused: 'Refused' } as const

/** What was signed, word for word as the rules stood then. */
function Signed({ entry }: { readonly entry: EntryOf<'clearance.v1'> }) {
  const { zone } = useOpenChart()
  const { decision, conditions, reason, expiresOn, overrides, screening, signature } = entry.body
  return (
    <div className="c-past">
      <p><strong>{DECIDED[decision]}</strong>{expiresOn ? ` until ${plainDay(expiresOn)}` : ''}, signed by {signature.name}, {exactTime(signature.signedAt, zone)} <span className="soft">· rulebook {screening.edition}</span></p>
      {conditions.length > 0 && <ul>{conditions.map((condition) => <li key={condition}>{condition}</li>)}</ul>}
      <p>{reason}</p>
      {overrides.map((one) => <p key={one.rule}>In spite of {one.rule}: “{one.reason}”</p>)}
      <Disclosure summary={`What the rules said at ${exactTime(signature.signedAt, zone)}`}>
        <p className="soft">Rulebook {screening.edition}: {decisionWords[screening.decision as keyof typeof decisionWords]?.says ?? screening.decision}</p>
        <ul>{screening.met.map((rule) => <li key={rule.rule}>{rule.rule}: {rule.says}</li>)}</ul>
        {screening.unknown.length > 0 && <p>Could not be judged: {screening.unknown.join(', ')}</p>}
      </Disclosure>
      <Written entry={entry} what={`the clearance of ${exactTime(signature.signedAt, zone)}`} />
    </div>
  )
}
