import type { EntryOf } from '../../../../core/chart/entry.ts'
import type { Reopening } from '../../../../core/eligibility/clearance.ts'
import { sayUsed } from '../../../../core/eligibility/say-fact.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { DataPairs, Notice } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { clearanceWords, exactTime, listed } from '../words.ts'

/** How the clearance stands: who signed it, under which conditions, until when, and in spite of what; or what reopened it. */
export function ClearanceNow() {
  const { course: { clearance: { state, entry, endsAt, newlyMet } }, zone } = useOpenChart()
  return (
    <section className="c-stands" aria-label="The clearance now">
      {state === 'reopened' && entry
        ? <Reopened entry={entry} newlyMet={newlyMet} />
        : <p>The clearance is <strong>{clearanceWords[state]}</strong>{entry ? `, by ${entry.body.signature.name}` : ''}{state === 'cleared' && endsAt ? `, until ${exactTime(endsAt, zone)}` : ''}{state === 'expired' && endsAt ? ` since ${exactTime(endsAt, zone)}` : ''}.</p>}
      {entry && <Terms entry={entry} />}
    </section>
  )
}

/** Which fact met which rule, and who wrote it: the same for whoever treats and whoever prescribes. */
function Reopened({ entry, newlyMet }: { readonly entry: EntryOf<'clearance.v1'>; readonly newlyMet: readonly Reopening[] }) {
  return (
    <Notice level="call" what="New facts reopened the clearance. No session can start on it." kept={`It was signed by ${entry.body.signature.name}. It does not count until a prescriber has signed again, also where what reopened it is not so any more.`}>
      <ul className="c-lines" aria-label="What reopened it">{newlyMet.map((one) => <Reason key={one.rule.id} met={one} entry={entry} />)}</ul>
    </Notice>
  )
}

const PAST = { no: 'This is not so any more.', unknown: 'This cannot be judged any more.', yes: 'It is met now by nothing that reopens the clearance.' } as const

function Reason({ met: { rule, facts, past, truth = 'unknown' }, entry }: { readonly met: Reopening; readonly entry: EntryOf<'clearance.v1'> }) {
  const { chart, name } = useOpenChart()
  const behind = [...new Set(facts.flatMap(({ entries }) => entries))].flatMap((id) => chart.entry(id) ?? [])
  const since = behind.filter(({ seq }) => seq === undefined || seq > entry.body.lastSeq)
  const before = entry.body.overrides.find((one) => one.rule === rule.id)
  return (
    <li>
      {facts.length > 0 && <><strong>{facts.map((one) => sayUsed(one, factVocabulary)).join('; ')}</strong> met <strong>{rule.id}</strong> </>}{rule.says}{' '}
      {since.length > 0 && <span className="soft">Written by {listed([...new Set(since.map(({ by }) => name(by)))])}, <When at={since.at(-1)!.writtenAt} />.</span>}{' '}
      {since.map(({ id }, at) => <RoomLink key={id} step="ledger" entry={id} label={`What reopened it, ${rule.id}, entry ${at + 1}`}>entry</RoomLink>)}
      {past && <span className="c-fact__why">{PAST[truth]} A prescriber has to look at it and sign.</span>}
      {before && <span className="c-fact__why">It had been passed with: “{before.reason}” Its facts have changed since, so that reason no longer counts.</span>}
    </li>
  )
}

const NONE: Readonly<Record<'cleared' | 'held' | 'refused', string>> = { cleared: 'none', held: 'nothing was named', refused: 'none' }

function Terms({ entry: { body } }: { readonly entry: EntryOf<'clearance.v1'> }) {
  const { screening } = useOpenChart()
  const { decision, conditions, reason, overrides } = body
  const standing = overrides.map(({ rule, reason: why }) => ({ rule, why, counts: screening.met.some((one) => one.rule.id === rule && one.override) }))
  return (
    <DataPairs wide pairs={[
      [decision === 'held' ? 'Has to happen first' : 'Conditions', conditions.length > 0 ? <ul key="conditions">{conditions.map((condition) => <li key={condition}>{condition}</li>)}</ul> : NONE[decision]],
      ['Based on', reason],
      ...standing.map(({ rule, why, counts }): [string, string] => [`In spite of ${rule}`, `“${why}” ${counts ? 'It ends with the clearance, and has to be signed again when its facts change.' : 'It does not count now.'}`]),
    ]} />
  )
}
