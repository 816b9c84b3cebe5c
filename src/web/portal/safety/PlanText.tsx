import type { ReactNode } from 'react'
import type { SafetyPlanBody } from './kept-plan.ts'
import { telOf } from './Help.tsx'

/** The plan in the order in which it is used: from the first sign to the people who come. */
export function PlanText({ plan }: { readonly plan: SafetyPlanBody }) {
  return (
    <div className="p-plan">
      <Part title="1. How I notice that it is getting bad"><Lines lines={plan.warningSigns} /></Part>
      <Part title="2. What I can do by myself"><Lines lines={plan.coping} /></Part>
      {plan.distraction.length > 0 && <Part title="3. People and places that take my mind off it"><People people={plan.distraction} /></Part>}
      <Part title={`${plan.distraction.length > 0 ? 4 : 3}. People I ask for help`}><People people={plan.help} /></Part>
      <Part title={`${plan.distraction.length > 0 ? 5 : 4}. Professionals I call`}><People people={plan.professionals} /></Part>
      {plan.environment.length > 0 && <Part title="Making my surroundings safer"><ul>{plan.environment.map(({ step, who }) => <li key={`${step} ${who}`}>{step}{who && ` (with ${who})`}</li>)}</ul></Part>}
      {plan.worthLivingFor && <Part title="What is worth living for"><p className="p-said">{plan.worthLivingFor}</p></Part>}
    </div>
  )
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => <section className="k-stack k-stack--tight"><h2>{title}</h2>{children}</section>
const Lines = ({ lines }: { readonly lines: readonly string[] }) => <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>

const People = ({ people }: { readonly people: SafetyPlanBody['help'] }) => (
  <ul>{people.map(({ who, phone }) => <li key={`${who} ${phone}`}>{who}{phone && <>: <a href={telOf(phone)}>{phone}</a></>}</li>)}</ul>
)
