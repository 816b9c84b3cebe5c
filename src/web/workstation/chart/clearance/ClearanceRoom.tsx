import { interactionsMet } from '../../../../core/eligibility/interaction.ts'
import { decisionWords } from '../../../../knowledge/eligibility.ts'
import { interactionRows } from '../../../../knowledge/interactions.ts'
import { Badge, Notice } from '../../../kit/index.ts'
import { MissingFacts } from '../eligibility/EligibilityRoom.tsx'
import { RulesPane } from '../eligibility/RulesPane.tsx'
import { SignsLine } from '../misuse/ForPrescriberRoom.tsx'
import { useOpenChart } from '../open-chart.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { NotYours, Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { BetweenUs } from '../questions/BetweenUs.tsx'
import { VisitState } from '../visits/VisitState.tsx'
import { ClearanceForm } from './ClearanceForm.tsx'
import { ClearanceHistory } from './ClearanceHistory.tsx'
import { ClearanceNow } from './ClearanceNow.tsx'
import { sheetOf } from './sheet.ts'

/** The clearance on one page: how it stands, what is asked about it, the sheet, the prescriber's decision, and all that was decided before. */
export function ClearanceRoom() {
  const { screening, facts, may } = useOpenChart()
  const sheet = sheetOf(screening, facts)
  return (
    <Room title="Medical clearance" says={decisionWords[screening.decision].says}>
      <ClearanceNow />
      {screening.crisis && <Notice level="emergency" what="The C-SSRS is high. The crisis path comes first." next={<RoomLink step="risks">Open the risk paths</RoomLink>} />}
      {screening.urgent && <Notice level="call" what="A pressure so high that it cannot wait." next={<RoomLink step="measurements">The readings</RoomLink>} />}
      <p className="c-links"><RoomLink step="eligibility">Every fact beside the rules</RoomLink> <RoomLink step="measurements">To pressure, weight and pregnancy test</RoomLink> <RoomLink step="lists">To the lists</RoomLink> <RoomLink step="intake">To the intake</RoomLink> <RoomLink step="history">To the medical history</RoomLink></p>
      <SignsLine />
      <MissingFacts />
      <BetweenUs />
      <RulesPane sheet={sheet} />
      <Interactions />
      {may('clearance.sign') ? <ClearanceForm sheet={sheet} /> : <NotYours who="The prescriber decides and signs." />}
      <ClearanceHistory />
      <VisitState type="medical-clearance" />
    </Room>
  )
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
