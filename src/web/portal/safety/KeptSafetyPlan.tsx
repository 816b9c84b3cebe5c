import { Brand, Page, Stack } from '../../kit/plain/Page.tsx'
import { fullDay } from '../times.ts'
import { Always } from '../Trouble.tsx'
import { useKeptPlan } from './kept-plan.ts'
import { PlanText } from './PlanText.tsx'
import { Ways } from './Ways.tsx'

/** The copy of the plan that lies on this device: shown before anybody is signed in, and when nothing answers. */
export function KeptSafetyPlan() {
  const kept = useKeptPlan()
  return (
    <Page patient width="reading" brand={<Brand href="/my">{kept?.practice?.name ?? 'My place'}</Brand>} end={<Always />}>
      <title>My safety plan</title>
      <Stack air="wide">
        <h1>My safety plan</h1>
        {kept && <PlanText plan={kept.plan} />}
        <Ways />
        {kept && <p className="soft small">This is the copy kept on this device, as it was written on {fullDay(kept.writtenAt)}.</p>}
      </Stack>
    </Page>
  )
}
