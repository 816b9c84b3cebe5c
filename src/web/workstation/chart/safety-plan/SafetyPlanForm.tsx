import type { EntryOf } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { plusDaysOf } from '../../../../core/shared/local-day.ts'
import { Button, DateField, Scale, TextArea, TextField } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { TextList, written } from '../parts/TextList.tsx'

type Body = BodyOf<'safety-plan.v1'>
interface Pair { readonly a: string; readonly b: string }
interface Draft {
  readonly warningSigns: readonly string[]
  readonly coping: readonly string[]
  readonly distraction: readonly Pair[]
  readonly help: readonly Pair[]
  readonly professionals: readonly Pair[]
  readonly environment: readonly Pair[]
  readonly worthLivingFor: string
  readonly likelihoodOfUse: number | null
  readonly reviewOn: string | null
}

/** Six steps, from what the person notices to making the surroundings safer; asked in this order. */
export function SafetyPlanForm({ before }: { readonly before: EntryOf<'safety-plan.v1'> | undefined }) {
  const { used, chartId, go, patient, today, protocol } = useOpenChart()
  const amending = useAmending('safety-plan.v1')
  const draft = useDraft<Draft>(`${chartId} safety-plan ${amending?.id ?? before?.id ?? ''}`, draftOf((amending ?? before)?.body, amending === undefined))
  const { value, set } = draft
  const latest = plusDaysOf(today, protocol.gates.safetyPlanWithinDays)
  const problems = problemsOf(value, today)
  const save = () => used.write('safety-plan.v1', bodyOf(value, [patient, used.me.name]), inPlaceOf(amending))
  return (
    <SaveForm label="Safety plan" save={amending ? 'Save the correction' : 'Save the safety plan'} problems={problems} onSave={save} onDone={() => { draft.clear(); go({ step: 'safety-plan' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <fieldset className="c-step"><legend>1 · How I notice that it begins</legend><TextList one="Sign" hint="A thought, a feeling, something I do or stop doing." values={value.warningSigns} onChange={(warningSigns) => set({ warningSigns })} problem={wrong('warningSigns')} /></fieldset>
        <fieldset className="c-step"><legend>2 · What I can do myself</legend><TextList one="Thing I can do" values={value.coping} onChange={(coping) => set({ coping })} problem={wrong('coping')} /></fieldset>
        <fieldset className="c-step"><legend>3 · People and places that take my mind off it</legend><PairList one="Person or place" other="Phone" values={value.distraction} onChange={(distraction) => set({ distraction })} optional otherOptional /></fieldset>
        <fieldset className="c-step"><legend>4 · Whom I ask for help</legend><PairList one="Person who helps" other="Phone" values={value.help} onChange={(help) => set({ help })} problem={wrong('help')} /></fieldset>
        <fieldset className="c-step"><legend>5 · Professionals and crisis lines</legend><PairList one="Professional or line" other="Phone" values={value.professionals} onChange={(professionals) => set({ professionals })} problem={wrong('professionals')} /></fieldset>
        <fieldset className="c-step"><legend>6 · Making the surroundings safer</legend><PairList one="What is put away or kept elsewhere" other="Who helps with it" values={value.environment} onChange={(environment) => set({ environment })} optional otherOptional /></fieldset>
        <TextArea label="What is worth living for" optional value={value.worthLivingFor} onChange={(worthLivingFor) => set({ worthLivingFor })} />
        <Scale label="How likely is it that you use this plan?" hint="Asked of the person. Below the middle, look together at what is in the way." ends={['not at all', 'surely']} value={value.likelihoodOfUse} onChange={(likelihoodOfUse) => set({ likelihoodOfUse })} problem={wrong('likelihoodOfUse')} />
        <DateField label="Look at it again on" hint={`Within ${protocol.gates.safetyPlanWithinDays} days, so by ${plainDay(latest)}.`} value={value.reviewOn} onChange={(reviewOn) => set({ reviewOn })} problem={wrong('reviewOn')} />
      </>}
    </SaveForm>
  )
}

interface PairListProps {
  readonly one: string
  readonly other: string
  readonly values: readonly Pair[]
  readonly onChange: (values: readonly Pair[]) => void
  readonly problem?: string | undefined
  readonly optional?: boolean
  readonly otherOptional?: boolean
}

function PairList({ one, other, values, onChange, problem, optional = false, otherOptional = false }: PairListProps) {
  const change = (at: number, next: Partial<Pair>) => onChange(values.map((value, place) => (place === at ? { ...value, ...next } : value)))
  return (
    <div className="c-list">
      {values.map((value, at) => (
        <div key={at} className="c-pair">
          <TextField label={`${one} ${at + 1}`} optional={optional || at > 0} value={value.a} onChange={(a) => change(at, { a })} problem={at === 0 ? problem : undefined} />
          <TextField label={`${other}: ${one} ${at + 1}`} optional={otherOptional || at > 0} {...(other === 'Phone' ? { type: 'tel' } : {})} value={value.b} onChange={(b) => change(at, { b })} />
        </div>
      ))}
      {values.length < 20 && <Button kind="plain" onClick={() => onChange([...values, { a: '', b: '' }])}>{`Another: ${one}`}</Button>}
    </div>
  )
}

/** A new plan begins from the last one, so that nothing known is lost; how likely it is used is always asked anew. */
function draftOf(body: Body | undefined, anew: boolean): Draft {
  const pairs = (items: readonly { readonly who: string; readonly phone: string }[] | undefined) => (items && items.length > 0 ? items.map(({ who, phone }) => ({ a: who, b: phone })) : [{ a: '', b: '' }])
  return {
    warningSigns: body?.warningSigns ?? [], coping: body?.coping ?? [], distraction: pairs(body?.distraction), help: pairs(body?.help),
    professionals: body ? pairs(body.professionals) : [{ a: '', b: '' }, { a: '988 Suicide and Crisis Lifeline', b: '988' }],
    environment: body && body.environment.length > 0 ? body.environment.map(({ step, who }) => ({ a: step, b: who })) : [{ a: '', b: '' }],
    worthLivingFor: body?.worthLivingFor ?? '', likelihoodOfUse: anew ? null : (body?.likelihoodOfUse ?? null), reviewOn: anew ? null : (body?.reviewOn ?? null),
  }
}

const filled = (pairs: readonly Pair[]) => pairs.map(({ a, b }) => ({ a: a.trim(), b: b.trim() })).filter(({ a, b }) => a || b)

function problemsOf(value: Draft, today: string) {
  const called = (pairs: readonly Pair[], what: string) => (filled(pairs).length === 0 ? `${what}: at least one is needed.` : filled(pairs).some(({ a, b }) => !a || !b) ? `${what}: each needs a name and a phone number.` : undefined)
  return {
    warningSigns: written(value.warningSigns).length > 0 ? undefined : 'Signs: at least one is needed.', coping: written(value.coping).length > 0 ? undefined : 'What I can do myself: at least one is needed.',
    help: called(value.help, 'Whom I ask for help'), professionals: called(value.professionals, 'Professionals and crisis lines'), distraction: filled(value.distraction).some(({ a }) => !a) ? 'A phone number in step 3 has no name.' : undefined,
    environment: filled(value.environment).some(({ a }) => !a) ? 'Somebody in step 6 has nothing to help with.' : undefined, likelihoodOfUse: value.likelihoodOfUse === null ? 'Ask how likely it is that the plan is used.' : undefined,
    reviewOn: value.reviewOn === null ? 'Choose the day on which you look at it again.' : value.reviewOn < today ? 'The day of the next look lies in the past.' : undefined,
  }
}

const bodyOf = (value: Draft, madeWith: string[]): Body => ({
  warningSigns: written(value.warningSigns), coping: written(value.coping), distraction: filled(value.distraction).map(({ a, b }) => ({ who: a, phone: b })), help: filled(value.help).map(({ a, b }) => ({ who: a, phone: b })),
  professionals: filled(value.professionals).map(({ a, b }) => ({ who: a, phone: b })), environment: filled(value.environment).map(({ a, b }) => ({ step: a, who: b })),
  worthLivingFor: value.worthLivingFor.trim(), likelihoodOfUse: value.likelihoodOfUse ?? 0, madeWith, reviewOn: value.reviewOn ?? '',
})
