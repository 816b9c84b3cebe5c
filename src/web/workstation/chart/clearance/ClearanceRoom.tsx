import type { FactName } from '../../../../core/eligibility/facts.ts'
import { interactionsMet } from '../../../../core/eligibility/interaction.ts'
import { decisionWords, factVocabulary } from '../../../../knowledge/eligibility.ts'
import { interactionRows } from '../../../../knowledge/interactions.ts'
import { Badge, Disclosure, Notice } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { whereAsked } from '../facts/questions.ts'
import { useOpenChart } from '../open-chart.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { VisitState } from '../visits/VisitState.tsx'
import { clearanceWords, exactTime, plural, upper } from '../words.ts'
import { ClearanceForm } from './ClearanceForm.tsx'
import { RuleCard, RuleLine } from './RuleCard.tsx'
import { sheetOf, type JudgedRule } from './sheet.ts'

/** The clearance sheet: every rule with its facts, the medicines that meet ketamine, and the prescriber's decision. */
export function ClearanceRoom() {
  const { screening, facts, may } = useOpenChart()
  const sheet = sheetOf(screening, facts)
  return (
    <Room title="Medical clearance" says={decisionWords[screening.decision].says}>
      <Now />
      {screening.crisis && <Notice level="emergency" what="The C-SSRS is high. The crisis path comes first." next={<RoomLink step="risks">Open the risk paths</RoomLink>} />}
      {screening.urgent && <Notice level="call" what="A pressure so high that it cannot wait." next={<RoomLink step="measurements">The readings</RoomLink>} />}
      <p className="c-links"><RoomLink step="measurements">To pressure, weight and pregnancy test</RoomLink> <RoomLink step="facts">To the questions</RoomLink> <RoomLink step="lists">To the lists</RoomLink> <RoomLink step="intake">To the intake</RoomLink> <RoomLink step="history">To the medical history</RoomLink></p>
      <Part title={`Met (${sheet.met.length})`}>
        {sheet.met.length === 0 ? <p className="soft">No rule is met on what was entered.</p> : <ul className="c-rules">{sheet.met.map((judged) => <RuleCard key={judged.rule.id} judged={judged} />)}</ul>}
      </Part>
      <Unknown rules={sheet.unknown} />
      <Interactions />
      <Part title={`Not met (${sheet.notMet.length})`}>
        <Disclosure summary={`${plural(sheet.notMet.length, 'rule')} judged and not met, each with its facts`}><ul className="c-rules">{sheet.notMet.map((judged) => <RuleLine key={judged.rule.id} judged={judged} />)}</ul></Disclosure>
        {screening.unrecorded.length > 0 && <p className="soft">Counted only if recorded, and nobody recorded: {screening.unrecorded.map((fact) => factVocabulary[fact].label).join(', ')}.</p>}
      </Part>
      {may('clearance.sign') ? <ClearanceForm sheet={sheet} /> : <NotYours who="The prescriber decides and signs." />}
      <Signed />
      <VisitState type="medical-clearance" />
    </Room>
  )
}

/** More than a reader takes in at once: then the facts that are missing are named first, and the rules open below. */
const AT_ONCE = 8

/** Rules that could not run say so. What they lack is listed once, however many wait for it. */
function Unknown({ rules }: { readonly rules: readonly JudgedRule[] }) {
  const lacking = new Map<FactName, number>()
  for (const { gaps } of rules) for (const { fact } of gaps) lacking.set(fact, (lacking.get(fact) ?? 0) + 1)
  const most = [...lacking].toSorted(([, a], [, b]) => b - a)
  return (
    <Part title={`Could not be judged (${rules.length})`}>
      {rules.length === 0 && <p className="soft">Every rule could be judged.</p>}
      {most.length > 0 && (
        <ul className="c-missing" aria-label="What the rules lack">
          {most.map(([fact, count]) => <li key={fact}>{upper(factVocabulary[fact].asks)}: {plural(count, 'rule')} {count === 1 ? 'waits' : 'wait'} for it. <RoomLink {...whereAsked(fact)} label={`Fill in: ${factVocabulary[fact].asks}, ${fact}`}>Fill in</RoomLink></li>)}
        </ul>
      )}
      {rules.length > 0 && <Disclosure open={rules.length <= AT_ONCE} summary={`${plural(rules.length, 'rule')} that could not be judged`}><ul className="c-rules">{rules.map((judged) => <RuleLine key={judged.rule.id} judged={judged} />)}</ul></Disclosure>}
    </Part>
  )
}

/** How the clearance stands; a reopened one with the rules that reopened it, and what of it is new. */
function Now() {
  const { course, zone } = useOpenChart()
  const { state, entry, endsAt, newlyMet } = course.clearance
  if (state === 'reopened') {
    return (
      <Notice level="call" what="New facts reopened the clearance." kept={entry && `It was signed by ${entry.body.signature.name}; it does not count until a prescriber has looked again.`}>
        <ul className="c-lines">{newlyMet.map(({ rule, facts }) => <li key={rule.id}><strong>{rule.id}</strong> {rule.says} {facts.flatMap(({ entries }) => entries).map((id, at) => <RoomLink key={id} step="ledger" entry={id} label={`What reopened it, ${rule.id}, entry ${at + 1}`}>entry</RoomLink>)}</li>)}</ul>
      </Notice>
    )
  }
  return <p>The clearance is <strong>{clearanceWords[state]}</strong>{entry ? `, by ${entry.body.signature.name}` : ''}{state === 'cleared' && endsAt ? `, until ${exactTime(endsAt, zone)}` : ''}{state === 'expired' && endsAt ? ` since ${exactTime(endsAt, zone)}` : ''}.</p>
}

/** What is taken together with ketamine. It informs; only the rules that name a class change anything. */
function Interactions() {
  const { facts } = useOpenChart()
  const met = interactionsMet(interactionRows, facts)
  return (
    <Part title={`Medicines beside ketamine (${met.length})`}>
      {facts.medications.state === 'missing' && <p>Nobody has gone through the medicines, so nothing can be said. <RoomLink step="lists">Go through them</RoomLink></p>}
      {facts.medications.state === 'known' && met.length === 0 && <p className="soft">No medicine on the list belongs to a class with a row.</p>}
      <ul className="c-rules">
        {met.map(({ interaction, taken, entries }) => (
          <li key={interaction.id} className="c-rule" aria-label={`Interaction: ${interaction.name}`}>
            <p className="c-rule__says"><Badge level={interaction.severity === 'major' ? 'call' : 'caution'}>{interaction.severity}</Badge> <strong>{taken.join(', ')}</strong> · {interaction.name} {entries.map((entry, at) => <RoomLink key={entry} step="ledger" entry={entry} label={`${interaction.name}: entry ${at + 1}`}>entry</RoomLink>)}</p>
            <p>{interaction.effect} {interaction.instruction}</p>
            {interaction.conflict && <p className="soft">Sources disagree: {interaction.conflict}</p>}
            <BasisOf id={interaction.id} tag={interaction.tag} cites={interaction.cites} verified={interaction.verified} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** What was signed before, word for word as the rules stood then. */
function Signed() {
  const { chart, zone } = useOpenChart()
  const signed = chart.all('clearance.v1').toReversed()
  if (signed.length === 0) return null
  return (
    <Part title="Signed before">
      {signed.map((entry) => {
        const { decision, conditions, reason, expiresOn, overrides, screening, signature } = entry.body
        return (
          <div key={entry.id} className="c-past">
            <p><strong>{clearanceWords[decision]}</strong>{expiresOn ? ` until ${plainDay(expiresOn)}` : ''}, signed by {signature.name}, {exactTime(signature.signedAt, zone)}</p>
            {conditions.length > 0 && <ul>{conditions.map((condition) => <li key={condition}>{condition}</li>)}</ul>}
            <p>{reason}</p>
            <Disclosure summary={`What the rules said at ${exactTime(signature.signedAt, zone)}`}>
              <p className="soft">Rulebook {screening.edition}: {decisionWords[screening.decision as keyof typeof decisionWords]?.says ?? screening.decision}</p>
              <ul>{screening.met.map((rule) => <li key={rule.rule}>{rule.rule}: {rule.says}</li>)}</ul>
              {screening.unknown.length > 0 && <p>Could not be judged: {screening.unknown.join(', ')}</p>}
              {overrides.map((one) => <p key={one.rule}>Passed {one.rule}: “{one.reason}”</p>)}
            </Disclosure>
            <Written entry={entry} what={`the clearance of ${exactTime(signature.signedAt, zone)}`} />
          </div>
        )
      })}
    </Part>
  )
}
