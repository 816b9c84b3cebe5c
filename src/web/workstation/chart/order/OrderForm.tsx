import { checkOrder } from '../../../../core/dosing/check-order.ts'
import { limitsFor } from '../../../../core/dosing/limits.ts'
import { boosterRowOf, doseRowOf, type DosingRows } from '../../../../core/dosing/rows.ts'
import type { Body } from '../../../../core/dosing/weight.ts'
import { mg, showKg, showMg, showPerKg } from '../../../../core/shared/units.ts'
import { DateField, Disclosure, Notice, NumberField, RadioTiles, TextArea } from '../../../kit/index.ts'
import { call, clock, newId } from '../../../sync/index.ts'
import { PlasmaCurve } from '../brief/PlasmaCurve.tsx'
import { plannedDoses } from '../../../../core/plasma/lines.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { Signing } from '../parts/Signing.tsx'
import { blankOrder, orderBody, orderProblems, weightOf, type OrderDraft } from './draft.ts'
import { decisionOf, FromProposal, useAnswer } from './FromProposal.tsx'
import { bodyOf, routeNames, weightChoices, type WeightChoice } from './known.ts'
import { sendAct } from '../../../sync/send-act.ts'

/** An order being written. It is judged at every keystroke, and fills in a dose only where the prescriber accepted a proposal. */
export function OrderForm() {
  const { chart, chartId, used, protocol, today, rulesMissing, book: { dosing } } = useOpenChart()
  const draft = useDraft<OrderDraft>(`${chartId} order`, blankOrder)
  const { value, set } = draft
  const body = bodyOf(chart)
  const routes = protocol.routes.filter((route) => doseRowOf(dosing, route))
  const check = whileTyping(value, body, dosing)
  const needsReason = check !== undefined && (check.ok ? check.value.needsReason : check.refusal.code === 'reason-needed')
  const answer = useAnswer(value)
  const sign = async () => {
    const decision = decisionOf(value, newId(clock.ms()))
    const order = orderBody(value, body)!
    await used.sent()
    await sendAct([used.me.person, chartId, 'order', order, value.titration], (id) => call('signOrder', { params: { chart: chartId }, body: { id, device: used.me.device, code: value.code, order, ...(decision && { titration: decision }) } }))
  }
  return (
    <SaveForm label="Order for the medicine" save="Sign the order" problems={{ ...orderProblems(value, body, today, dosing), titration: answer.problem, rules: rulesMissing }} onSave={sign} onDone={draft.clear} said="Signed. It is in force on the days it names.">
      {(wrong) => <>
        <FromProposal draft={value} set={set} answer={answer} problem={wrong('titration')} />
        <RadioTiles label="How it is given" tile="10rem" choices={routes.map((route) => ({ value: route, label: route, hint: routeNames[route] }))} value={value.route} onChange={(route) => set({ route })} problem={wrong('route')} />
        <WeightPart body={body} draft={value} set={set} problem={wrong('weight')} />
        <div className="c-four">
          <NumberField label="Dose" unit="mg" decimals={1} min={0.1} max={1000} value={value.doseMg} onChange={(doseMg) => set({ doseMg })} problem={wrong('dose')} />
          <NumberField label="Booster" hint={value.route && !boosterRowOf(dosing, value.route) ? 'None by this way.' : 'Leave empty for none.'} unit="mg" decimals={1} min={0} max={1000} optional value={value.boosterMg} onChange={(boosterMg) => set({ boosterMg })} />
          <NumberField label="At most in one session" hint="Booster included." unit="mg" decimals={1} min={0.1} max={1000} value={value.maxTotalMg} onChange={(maxTotalMg) => set({ maxTotalMg })} problem={wrong('total')} />
          <NumberField label="Strength" unit="mg/mL" decimals={1} min={0.1} max={1000} optional value={value.strengthMgPerMl} onChange={(strengthMgPerMl) => set({ strengthMgPerMl })} />
        </div>
        <Live draft={value} body={body} dosing={dosing} />
        <Plasma draft={value} body={body} />
        <TextArea label="Reason for this order" hint="Needed above the usual upper end, in 20 characters or more." optional={!needsReason} value={value.reason} onChange={(reason) => set({ reason })} problem={wrong('reason')} />
        <div className="c-pair">
          <DateField label="Holds from" value={value.validFrom} onChange={(validFrom) => set({ validFrom })} problem={wrong('validFrom')} />
          <DateField label="Holds until" min={today} value={value.validUntil} onChange={(validUntil) => set({ validUntil })} problem={wrong('validUntil')} />
        </div>
        <TextArea label="Instructions" hint="For the two people in the room." optional value={value.instructions} onChange={(instructions) => set({ instructions })} />
        <Signing what="the order" code={value.code} onCode={(code) => set({ code })} problem={wrong('code')} />
      </>}
    </SaveForm>
  )
}

interface PartProps {
  readonly draft: OrderDraft
  readonly body: Body | undefined
}

/** The weight the dose is computed with: why it is this one, and what the others would be. */
function WeightPart({ draft, body, set, problem }: PartProps & { readonly set: (change: Partial<OrderDraft>) => void; readonly problem: string | undefined }) {
  if (!body) {
    return (
      <div className="c-list">
        <Notice level="caution" what="Weight, height or sex at birth is not on the chart." kept="Nobody can judge which weight this dose should be computed with." next={<RoomLink step="measurements">Measure weight and height</RoomLink>} />
        <NumberField label="Weight this order is computed with" unit="kg" decimals={1} min={20} max={400} value={draft.typedKg} onChange={(typedKg) => set({ typedKg, basis: typedKg === null ? null : 'typed' })} problem={problem} />
      </div>
    )
  }
  const { choices, bmi, lean } = weightChoices(body)
  return (
    <RadioTiles<WeightChoice['id']>
      label="Weight this order is computed with" hint={`Weighed ${showKg(body.weightG)}, ${body.heightMm / 10} cm, BMI ${bmi}. Lean weight ${lean}, for comparison only.`} tile="13rem"
      choices={choices.map(({ id, weightG, says, allowed }) => ({ value: id, label: `${showKg(weightG)}, ${id}`, hint: says, disabled: !allowed }))} value={draft.basis === 'typed' ? null : draft.basis} onChange={(basis) => set({ basis })} problem={problem}
    />
  )
}

/** What the rulebook says to what is typed, at every keystroke: mg/kg, the limits with their sources, and a refusal in words. */
function Live({ draft, body, dosing }: PartProps & { readonly dosing: DosingRows }) {
  const weightG = weightOf(draft, body)
  const row = draft.route ? doseRowOf(dosing, draft.route) : undefined
  if (!row || weightG === undefined) return <p className="soft">Choose how it is given and the weight; the limits of the rulebook stand here then.</p>
  const { softUg, hardUg } = limitsFor(row, weightG)
  const checked = whileTyping(draft, body, dosing)
  return (
    <output className="c-live" aria-label="What the rulebook says to this order">
      <span className="c-live__figures">
        <span>{draft.doseMg === null ? 'no dose typed' : `${draft.doseMg} mg is ${showPerKg(mg(draft.doseMg), weightG)} at ${showKg(weightG)}`}</span>
        {draft.doseMg !== null && draft.strengthMgPerMl !== null && draft.strengthMgPerMl > 0 && <span>{Math.round((draft.doseMg / draft.strengthMgPerMl) * 1_000) / 1_000} mL at {draft.strengthMgPerMl} mg/mL</span>}
        <span>usual upper end {showMg(softUg)}</span><span>never above {showMg(hardUg)}</span>
      </span>
      {checked && !checked.ok && <Notice level="caution" what={checked.refusal.says} />}
      {checked?.ok && checked.value.needsReason && <Notice level="caution" what="Above the usual upper end: your written reason is part of the order." />}
      {checked?.ok && checked.value.asks.map((ask) => <Notice key={ask} level="caution" what={ask} />)}
      <Disclosure summary={`Where the limits by ${row.route} come from`}>
        <BasisOf id={row.id} tag={row.tag} cites={row.cites} verified={row.verified} basis={`From the literature, and not a proposal: ${row.literature}`} />
        <BasisOf id={dosing.weight.id} tag={dosing.weight.tag} cites={dosing.weight.cites} verified={dosing.weight.verified} basis="Ideal weight after Devine, lean weight after Janmahasatian." />
      </Disclosure>
    </output>
  )
}

/** What the dose about to be signed might come to in plasma: behind a word, since nobody doses by it. */
function Plasma({ draft: { route, doseMg, ...draft }, body }: PartProps) {
  const weightG = weightOf({ route, doseMg, ...draft }, body)
  if (!route || doseMg === null || doseMg <= 0 || weightG === undefined) return null
  return <Disclosure summary="In plasma: population estimate, not a measurement"><PlasmaCurve what={`${doseMg} mg ${route}`} doses={plannedDoses(route, doseMg)} weightG={weightG} /></Disclosure>
}

/** Judged as soon as there is a dose: days not yet chosen count as all days, a total not yet typed as dose and booster together. */
function whileTyping(draft: OrderDraft, body: Body | undefined, dosing: DosingRows) {
  const order = orderBody({ ...draft, validFrom: draft.validFrom ?? '2000-01-01', validUntil: draft.validUntil ?? '9999-12-31', maxTotalMg: draft.maxTotalMg ?? (draft.doseMg ?? 0) + (draft.boosterMg ?? 0) }, body)
  return order && order.doseUg > 0 ? checkOrder(order, dosing, body) : undefined
}
