import type { ReactNode } from 'react'
import { isDosing } from '../../../../core/course/dosing-visit.ts'
import { standingVisits } from '../../../../core/measures/doses.ts'
import { consentNow } from '../../../../core/course/consent.ts'
import { touchNow } from '../../../../core/session/touch.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { Badge, Disclosure } from '../../../kit/index.ts'
import { clockTime, plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { useWide } from '../parts/use-wide.ts'
import { clearanceWords, exactTime, plural } from '../words.ts'
import { consentWords, escortOf, listInWords } from './standing.ts'

const touchForm = rulebook.consents.find(({ form }) => form === 'touch')

/** The facts that never leave: beside every room where there is place, and in one line above it where there is not. */
export function Beside() {
  const wide = useWide('62rem')
  const facts = <Facts />
  return (
    <aside className="c-beside" aria-label="Facts that never leave">
      {wide ? facts : <Disclosure summary={<InOneLine />}>{facts}</Disclosure>}
    </aside>
  )
}

/** Where there is no room beside the page: what must not be missed, in the line that opens the rest. */
function InOneLine() {
  const { chart, screening, isClinical } = useOpenChart()
  const held = screening.met.filter(({ rule, override }) => (rule.action === 'block' || rule.action === 'hold') && !override).length
  if (!isClinical) return <span>Always in sight</span>
  return <span>Allergies: {listInWords(chart, 'allergies').says} · touch: {touchNow(chart).says}{held > 0 && <> · <Badge level="call">{plural(held, 'hold')}</Badge></>}</span>
}

/** The desk sees how to reach people and how they go home; nothing clinical. */
function Facts() {
  const { isClinical } = useOpenChart()
  return <dl className="c-facts">{isClinical && <><Risks /><Holds /><Lists /><Agreed /></>}<Ways />{!isClinical && <Reach />}</dl>
}

function Reach() {
  const { chart } = useOpenChart()
  const who = chart.latest('demographics.v1')?.body
  return <Fact name="Reach" to="person">{[who?.phone, who?.email].filter(Boolean).join(' · ') || 'no number on the chart'}</Fact>
}

const Fact = ({ name, to, children, label }: { readonly name: string; readonly to: string; readonly children: ReactNode; readonly label?: string }) => (
  <div><dt>{name}</dt><dd>{children} <RoomLink step={to} className="c-facts__open" label={label ?? `Open: ${name}`}>open</RoomLink></dd></div>
)

function Risks() {
  const { course, zone, now } = useOpenChart()
  if (course.risks.length === 0) return null
  return (
    <Fact name="Risk paths" to="risks">
      {course.risks.map((risk) => <span key={risk.opened} className="c-facts__line"><Badge level={risk.atLeast === 'high' ? 'emergency' : 'call'}>{risk.dueAt < now ? 'overdue' : `by ${clockTime(risk.dueAt, zone)}`}</Badge> {risk.says}</span>)}
    </Fact>
  )
}

/** Blocks and holds that are met now, and how the clearance stands. Nothing met is not written as "fine". */
function Holds() {
  const { screening, course, zone } = useOpenChart()
  const met = screening.met.filter(({ rule, override }) => (rule.action === 'block' || rule.action === 'hold') && !override)
  const { state, endsAt } = course.clearance
  return (
    <>
      <Fact name="Clearance" to="clearance">{clearanceWords[state]}{state === 'cleared' && endsAt ? ` until ${exactTime(endsAt, zone).split(',').slice(0, 2).join(',')}` : ''}</Fact>
      {met.length > 0 && <Fact name="Blocks and holds" to="clearance" label="Open: Blocks and holds">{met.map(({ rule }) => <span key={rule.id} className="c-facts__line"><Badge level={rule.action === 'block' ? 'emergency' : 'call'}>{rule.action}</Badge> {rule.says}</span>)}</Fact>}
    </>
  )
}

function Lists() {
  const { chart } = useOpenChart()
  const said = (list: 'allergies' | 'medications' | 'conditions') => {
    const { says, known } = listInWords(chart, list)
    return known ? says : <>{says} <span className="c-facts__gap">not gone through</span></>
  }
  return (
    <>
      <Fact name="Allergies" to="lists">{said('allergies')}</Fact>
      <Fact name="Medicines" to="lists">{said('medications')}</Fact>
      <Fact name="Conditions" to="lists">{said('conditions')}</Fact>
    </>
  )
}

function Agreed() {
  const { chart } = useOpenChart()
  const agreed = chart.latest('agreements.v1')?.body
  const touch = touchNow(chart)
  const form = touchForm && consentNow(chart, touchForm).state
  return (
    <>
      <Fact name="Touch" to="agreements">{touch.says}{touch.note && `, ${touch.note}`}{form && form !== 'withdrawn' && <span className={form === 'signed' ? 'soft small' : 'c-facts__gap'}> form {consentWords[form]}</span>}</Fact>
      <Fact name="Stop signal" to="agreements">{agreed?.stopSignal ?? 'not agreed yet'}</Fact>
    </>
  )
}

function Ways() {
  const { chart, course, now, isClinical } = useOpenChart()
  const ahead = standingVisits(chart).find((visit) => isDosing(visit) && visit.endsAt > now)
  const escort = escortOf(chart, ahead?.visit)?.body
  const plan = chart.latest('safety-plan.v1')
  const step = course.steps.find(({ id }) => id === 'safety-plan')
  const waiting = chart.all('question-asked.v1').filter(({ id }) => !chart.all('question-answered.v1').some(({ body }) => body.question === id)).length
  return (
    <>
      <Fact name="Escort home" to="escort">{escort ? `${escort.name}${escort.relationship ? `, ${escort.relationship}` : ''}${escort.phone ? ` · ${escort.phone}` : ''}` : 'nobody is named yet'}</Fact>
      {isClinical && <Fact name="Safety plan" to="safety-plan">{plan ? (step?.state === 'done' ? `current, review on ${plainDay(plan.body.reviewOn)}` : 'to be reviewed') : 'none yet'}</Fact>}
      {waiting > 0 && <Fact name="Questions" to="questions">{plural(waiting, 'question')} without an answer</Fact>}
    </>
  )
}
