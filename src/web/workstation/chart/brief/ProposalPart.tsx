import { useEffect, useRef, useState } from 'react'
import type { DoseBrief } from '../../../../core/dosing/brief.ts'
import { canDecide } from '../../../../core/dosing/decide.ts'
import { doseRowOf } from '../../../../core/dosing/rows.ts'
import { rowOfRule, sayRule } from '../../../../core/dosing/say-rule.ts'
import type { JudgedRule } from '../../../../core/dosing/titration.ts'
import { showKg, showMg, showPerKg } from '../../../../core/shared/units.ts'
import { titration } from '../../../../knowledge/titration.ts'
import { Button, Checkbox, Disclosure, NumberField, RadioTiles, Tag } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { routeNames } from '../order/known.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { Part, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { tagWords } from '../words.ts'
import { DeclineForm } from './DeclineForm.tsx'
import { statedOf, useDoseBrief, useStated, useTakeOver } from './dose-brief.ts'

/** What might be ordered next, with every reason, and the three things a prescriber can do with it. Nothing here orders. */
export function ProposalPart() {
  const { may } = useOpenChart()
  const stated = useStated()
  const said = statedOf(stated.value)
  const brief = useDoseBrief(said)
  const decides = may('order.sign')
  return (
    <Part title="Proposal" end={<Tag>a proposal, not an order</Tag>}>
      <div className="c-proposal">
        {decides && <StatedFields stated={stated} about={brief.about} />}
        <Headline brief={brief} />
        {brief.rules.length > 0 && <><p className="soft">The rules decide in this order. One that cannot be judged stops there.</p><Rules rules={brief.rules} /></>}
        <Sources brief={brief} />
        {decides ? <Acts key={JSON.stringify([brief.action, brief.doseUg])} brief={brief} stated={said} /> : <p className="soft">The prescriber accepts, changes or declines it, and signs.</p>}
      </div>
      <Decided />
    </Part>
  )
}

/** What no entry can say. It is kept with the decision. */
function StatedFields({ stated: { value, set, routes }, about }: { readonly stated: ReturnType<typeof useStated>; readonly about: DoseBrief['about'] }) {
  if (about === 'first') return <RadioTiles label="How the first dose would be given" tile="10rem" choices={routes.map((route) => ({ value: route, label: route, hint: routeNames[route] }))} value={value.route} onChange={(route) => set({ route })} />
  const crossed = value.low !== null && value.high !== null && value.low > value.high
  return (
    <fieldset className="c-step">
      <legend>What only you can say</legend>
      <div className="c-pair">
        <NumberField label="How strong it is meant to be, from" hint="From 0 to 10." unit="of 10" decimals={1} min={0} max={10} value={value.low} onChange={(low) => set({ low })} />
        <NumberField label="How strong it is meant to be, to" hint="Stronger is not better." unit="of 10" decimals={1} min={0} max={10} value={value.high} onChange={(high) => set({ high })} problem={crossed ? 'The window ends before it begins.' : undefined} />
      </div>
      <Checkbox label="I have asked: there was no side effect" hint="Counts only while none is written for the last session." checked={value.noSideEffects} onChange={(noSideEffects) => set({ noSideEffects })} />
    </fieldset>
  )
}

const ACTION: Record<DoseBrief['action'], string> = {
  START: 'The dose table starts at', INCREASE: 'One step up:', MAINTAIN: 'The dose stays:', DECREASE: 'One step down:', PRESCRIBER_REVIEW: 'No dose is proposed. You decide.', REFUSE: 'Nothing is proposed.', NOT_EVALUABLE: 'There is no proposal: something is not known.',
}
const FLAG: Record<NonNullable<DoseBrief['flag']>, string> = {
  AT_FLOOR: 'A further step down would go below the floor.', AT_HARD_MAX: 'A step up would go above the most this practice allows.', ABOVE_HARD_MAX: 'The dose would be above the most this practice allows.', ENTRY_ERROR: 'The last dose is not one that can be measured out: look at how it was written.', YELLOW_ALERT: 'There was a yellow alert, so there is no step up.',
}
const BASIS = { actual: 'as weighed', ibw: 'ideal weight', adjusted: 'adjusted weight' } as const

function Headline({ brief }: { readonly brief: DoseBrief }) {
  const { doseUg, weight, route, flag, requiresReason, missing, action } = brief
  const perKg = doseUg !== undefined && weight ? `, ${showPerKg(doseUg, weight.weightG)} at ${showKg(weight.weightG)}${weight.basis ? ` (${BASIS[weight.basis]})` : ', the weight of the last order'}` : ''
  return (
    <div className="c-proposal__head" role="status">
      <p className="c-proposal__dose">{ACTION[action]}{doseUg !== undefined && <> <strong>{showMg(doseUg)} {route}</strong>{perKg}</>}</p>
      {flag && <p>{FLAG[flag]}</p>}
      {requiresReason && <p>It lies above the usual upper end: the order needs your written reason.</p>}
      {missing.length > 0 && <ul className="c-missing" aria-label="Why there is no proposal">{missing.map(({ fact, says }) => <li key={fact}>{says}</li>)}</ul>}
    </div>
  )
}

const STATE: Record<JudgedRule['state'], string> = { met: 'met', 'not-met': 'not met', 'not-evaluable': 'not evaluable' }

/** In the order in which they decide: the first that is met. */
const Rules = ({ rules }: { readonly rules: readonly JudgedRule[] }) => (
  <ol className="c-proposal__rules" aria-label="Rules, in the order in which they decide">
    {rules.map((rule) => (
      <li key={rule.id} data-state={rule.state}>
        <span className="c-proposal__state">{STATE[rule.state]}</span>
        <span>{sayRule(rule.id, titration)} <span className="soft">{factsOf(rule)}</span><span className="c-proposal__row soft">{sayRow(rule)}</span></span>
      </li>
    ))}
  </ol>
)

/** The row behind a rule, in a line; its sources stand below. */
function sayRow({ id }: JudgedRule): string {
  const row = rowOfRule(id, titration)
  return row ? `${row.id}, ${tagWords[row.tag]}${row.verified ? '' : ', not verified'}, ${row.cites.join(', ')}` : ''
}

const FACTS: Readonly<Record<string, string>> = {
  age: 'age', cleared: 'cleared', worstAlert: 'worst alert', worstGrade: 'worst grade', minMoaaS: 'lowest MOAA/S', intensity: 'strongest', target: 'window', responsePercent: 'lower by %', inhibitor: 'takes one', weightG: 'weight', heightMm: 'height',
}
const sayFact = (name: string, value: unknown) => (value === null ? 'not known' : name === 'weightG' ? showKg(Number(value)) : name === 'heightMm' ? `${Number(value) / 10} cm` : value === true ? 'yes' : value === false ? 'no' : value === 'green' ? 'none' : Array.isArray(value) ? value.join(' to ') : String(value))
const factsOf = ({ facts }: JudgedRule) => Object.entries(facts).map(([name, value]) => `${FACTS[name] ?? name}: ${sayFact(name, value)}`).join(', ')

function Sources({ brief }: { readonly brief: DoseBrief }) {
  const { book: { dosing } } = useOpenChart()
  const dose = brief.route && doseRowOf(dosing, brief.route)
  const rows = [...new Set(brief.rules.flatMap(({ id }) => rowOfRule(id, titration) ?? []))]
  return (
    <Disclosure summary="Where the rules come from">
      {rows.map((row) => <BasisOf key={row.id} id={row.id} tag={row.tag} cites={row.cites} verified={row.verified} />)}
      {dose && <BasisOf id={dose.id} tag={dose.tag} cites={dose.cites} verified={dose.verified} basis={`Steps, floor and limits. From the literature, and not a proposal: ${dose.literature}`} />}
      {brief.weight?.basis && <BasisOf id={dosing.weight.id} tag={dosing.weight.tag} cites={dosing.weight.cites} verified={dosing.weight.verified} basis="The weight it is computed with." />}
    </Disclosure>
  )
}

function Acts({ brief, stated }: { readonly brief: DoseBrief; readonly stated: ReturnType<typeof statedOf> }) {
  const takeOver = useTakeOver()
  const [declining, setDeclining] = useState<boolean | undefined>()
  const place = useRef<HTMLDivElement>(null)
  // Whoever came here by key goes on where the buttons gave way to the form, and the other way round.
  useEffect(() => {
    if (declining !== undefined) place.current?.querySelector<HTMLElement>(declining ? 'textarea' : 'button:last-of-type')?.focus()
  }, [declining])
  if (!canDecide(brief.action)) return <p className="c-links"><RoomLink step="order" kind="quiet">Write an order without a proposal</RoomLink></p>
  if (declining) return <div ref={place}><DeclineForm brief={brief} stated={stated} onClose={() => setDeclining(false)} /></div>
  return (
    <div className="k-buttons" ref={place}>
      {brief.doseUg !== undefined && <Button onClick={() => takeOver(brief, stated, 'accept')}>Accept: fill in the order</Button>}
      <Button onClick={() => takeOver(brief, stated, 'change')}>Change it</Button>
      <Button onClick={() => setDeclining(true)}>Decline it</Button>
    </div>
  )
}

/** What was decided before, newest first, with the window that was signed. */
function Decided() {
  const { chart } = useOpenChart()
  const decisions = chart.all('dose-decided.v1').toReversed()
  if (decisions.length === 0) return null
  return (
    <ul className="c-plain" aria-label="Decided before">
      {decisions.map((entry) => {
        const { decision, proposal, reason, window, order, signature } = entry.body
        const ordered = order === undefined ? undefined : chart.entry(order)
        return (
          <li key={entry.id} className="c-past">
            <p><strong>{decision}</strong>{proposal.doseUg !== undefined && `: ${showMg(proposal.doseUg)} ${proposal.route} was proposed`}{ordered?.kind === 'order.v1' && decision === 'changed' && `, ${showMg(ordered.body.doseUg)} ${ordered.body.route} ordered`}{window && `; meant to be ${window[0]} to ${window[1]} of 10`}. Signed by {signature.name}.</p>
            {reason && <p className="c-note">{reason}</p>}
            <Written entry={entry} what="this decision" />
          </li>
        )
      })}
    </ul>
  )
}
