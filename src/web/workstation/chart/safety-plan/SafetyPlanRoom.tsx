import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { DataPairs, EmptyState } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SafetyPlanForm } from './SafetyPlanForm.tsx'

/** The safety plan, made with the person. It stands on their own pages too, with or without the network. */
export function SafetyPlanRoom() {
  const { chart, mayWrite, place, course } = useOpenChart()
  const plan = chart.latest('safety-plan.v1')
  const current = course.steps.find(({ id }) => id === 'safety-plan')?.state === 'done'
  const writing = mayWrite('safety-plan.v1') && (!plan || !current || place.amends !== undefined || place.entry === 'new')
  return (
    <Room title="Safety plan" says="Made together, in the person’s own words. It is theirs, and opens on their phone without a network.">
      {plan && !writing && <Part title={current ? 'The plan' : 'The plan, due for review'}><Plan body={plan.body} /><Written entry={plan} room="safety-plan" what="the safety plan" />{mayWrite('safety-plan.v1') && <RoomLink step="safety-plan" entry="new" kind="quiet">Go through it again</RoomLink>}</Part>}
      {!plan && !writing && <EmptyState what="There is no safety plan yet." />}
      {writing && <SafetyPlanForm before={plan} />}
    </Room>
  )
}

function Plan({ body }: { readonly body: BodyOf<'safety-plan.v1'> }) {
  const list = (items: readonly string[]) => (items.length > 0 ? <ol>{items.map((item) => <li key={item}>{item}</li>)}</ol> : '')
  const called = (items: readonly { readonly who: string; readonly phone: string }[]) => list(items.map(({ who, phone }) => `${who}${phone ? `, ${phone}` : ''}`))
  return (
    <DataPairs pairs={[
      ['1 · How I notice that it begins', list(body.warningSigns)], ['2 · What I can do myself', list(body.coping)], ['3 · People and places that take my mind off it', called(body.distraction)], ['4 · Whom I ask for help', called(body.help)],
      ['5 · Professionals and crisis lines', called(body.professionals)], ['6 · Making the surroundings safer', list(body.environment.map(({ step, who }) => `${step}${who ? ` (${who})` : ''}`))],
      ['What is worth living for', body.worthLivingFor], ['How likely I am to use this', `${body.likelihoodOfUse} of 10`], ['Made with', body.madeWith.join(', ')], ['Look at it again on', plainDay(body.reviewOn)],
    ]} />
  )
}
