import { Button, ButtonLink, EmptyState, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient, whoWrote } from '../patient.tsx'
import { fullDay, plainDay } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { allowPlan, dropPlan, isKeptFor, keepPlan, useKeptPlan } from './kept-plan.ts'
import { PlanText } from './PlanText.tsx'
import { Ways } from './Ways.tsx'

/** The plan for bad hours, always one tap away. */
export function SafetyPlan() {
  const patient = usePatient()
  const { used } = patient
  const entry = used.chart.latest('safety-plan.v1')
  if (!entry && !used.ready) return <Frame title="My safety plan"><WaitingPage /></Frame>
  return (
    <Frame title="My safety plan">
      <Stack air="wide">
        <h1>My safety plan</h1>
        {entry ? <PlanText plan={entry.body} /> : (
          <EmptyState what="Here will stand what helps you in bad hours, step by step, and whom to call." begin="It is best made together with your therapist. You can begin it yourself at any time.">
            <ButtonLink kind="primary" href="/my/safety-plan/edit">Begin my safety plan</ButtonLink>
          </EmptyState>
        )}
        <section className="k-stack" aria-labelledby="ways"><h2 id="ways">At any hour</h2><Ways /></section>
        {entry && (
          <div className="k-stack k-no-print">
            <p className="soft">Written on {fullDay(entry.at, patient.zone)} by {whoWrote(patient, entry.by).replace('You', 'you')}, made with {entry.body.madeWith.join(' and ')}. To be looked at again by {plainDay(entry.body.reviewOn)}.</p>
            <KeptHere />
            <div className="k-buttons"><ButtonLink href="/my/safety-plan/edit">Change my safety plan</ButtonLink><Button kind="plain" onClick={() => print()}>Print it</Button></div>
          </div>
        )}
      </Stack>
    </Frame>
  )
}

/** Says that a copy lies here, what that means on a phone that others use, and lets her take it away. */
function KeptHere() {
  const { me, used, practice } = usePatient()
  useKeptPlan()
  const entry = used.chart.latest('safety-plan.v1')
  if (!entry) return null
  const keep = () => {
    allowPlan()
    keepPlan({ person: me.person, writtenAt: entry.at, plan: entry.body, practice: { name: practice.name, phone: practice.phone, hours: practice.hours } })
  }
  return isKeptFor(me.person)
    ? <div className="k-stack k-stack--tight"><p>It is kept on this device, so it opens without a connection and without signing in. Whoever can open this device can read it.</p><Button kind="plain" onClick={() => dropPlan(me.person)}>Take it off this device</Button></div>
    : <div className="k-stack k-stack--tight"><p>It is not kept on this device: without a connection it may not open here.</p><Button kind="plain" onClick={keep}>Keep it on this device</Button></div>
}
