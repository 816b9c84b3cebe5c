import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { askedItems, bodyOf, helpLevel, openItems, type Given } from '../../../../core/measures/given.ts'
import type { Instrument } from '../../../../core/measures/instrument.ts'
import { copyDigest, formHere, formState, type FormChoice } from '../../../../core/measures/own-copy.ts'
import { wordsKey } from '../../../../core/measures/words.ts'
import { dayStart, localDay } from '../../../../core/shared/local-day.ts'
import { plusMinutes, type Day, type Instant } from '../../../../core/shared/time.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { textDigests } from '../../../../knowledge/instruments/text-digests.ts'
import { AnswerField, DateField, Notice, RadioTiles, Select } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'

type Answered = EntryOf<'measure-answered.v1'>
type Signed = FormChoice & { readonly textSha256: string | null }
interface Draft { readonly given: Given; readonly answeredBy: 'patient' | 'clinician' | null; readonly day: string | null }

/** Interviews that are held word for word have a room of their own. */
const ELSEWHERE: readonly string[] = ['c-ssrs']
/** What was answered on an earlier day lies at its noon: nobody wrote the hour down. */
const NOON_MIN = 12 * 60

/** Whether a correction of it belongs into this form, and not into the room of an interview. */
export const ratedHere = ({ body }: Answered): boolean => !ELSEWHERE.includes(body.instrument)

/** A form that a clinician rates, or types in from paper or from a call: any that this practice may ask, in its words where they are here. */
export function RatePart() {
  const { mayWrite } = useOpenChart()
  const amended = useAmending('measure-answered.v1')
  const amending = amended && ratedHere(amended) ? amended : undefined
  const [chosen, choose] = useState<string | null>(null)
  const { data, error } = useQuery({ queryKey: ['forms'], queryFn: () => call('formChoices'), retry: false })
  if (!mayWrite('measure-answered.v1')) return null
  const signed: readonly Signed[] = data?.choices ?? []
  const forms = Object.values(instruments).filter((one: Instrument) => !ELSEWHERE.includes(one.id) && !formState(one, signed).missing.includes('condition'))
  const form: Instrument | undefined = forms.find(({ id }) => id === (amending?.body.instrument ?? chosen))
  return (
    <Part title="Rate, or type in from paper">
      {error && <p className="soft">What this practice has accepted could not be read: only the forms that are free for all are offered.</p>}
      {!amending && <Select label="Form" hint="A form that waits for the medical director to accept its condition is not among them." optional choices={forms.map(({ id, title, says }) => ({ value: id, label: `${title}: ${says}` }))} value={chosen} onChange={choose} />}
      {form && <Rating key={`${form.id} ${amending?.id ?? ''}`} form={form} signed={signed} amending={amending} onDone={() => choose(null)} />}
    </Part>
  )
}

interface RatingProps { readonly form: Instrument; readonly signed: readonly Signed[]; readonly amending: Answered | undefined; readonly onDone: () => void }
function Rating({ form, signed, amending, onDone }: RatingProps) {
  const { used, chartId, go, today, zone, now } = useOpenChart()
  const here = formHere(form, signed) ?? form
  const draft = useDraft<Draft>(`${chartId} rated ${form.id} ${amending?.id ?? ''}`, blankOf(form, amending, today, zone))
  const { given, answeredBy, day } = draft.value
  const bare = here.licence.text === 'from-practice' && here === form
  const asked = askedItems(here, given)
  const open = openItems(here, given)
  const problems = { answers: asked.every(({ id }) => (given[id] ?? null) === null) ? 'No question has been answered yet.' : undefined, answeredBy: answeredBy ? undefined : 'Say who answered.', day: !day || day > today ? 'Name the day on which it was answered: today or earlier.' : undefined }
  const save = () => used.write('measure-answered.v1', bodyOf(here, given, null, { textSha256: copyDigest(form, signed) ?? textDigests[wordsKey(here)], answeredBy: answeredBy! }), amending ? inPlaceOf(amending) : day === today ? {} : { at: noonOf(day!, zone, now) })
  return (
    <SaveForm label={form.title} save={amending ? 'Save the correction' : 'Save the answers'} problems={problems} onSave={save} onDone={() => { draft.clear(); onDone(); if (amending) go({ step: 'baseline' }) }} said="It stands below, counted by the form’s own rule.">
      {(wrong) => <>
        <Correcting entry={amending} />
        {bare && <Notice what={`The words of the ${form.title} belong to ${form.licence.holder}, and are not here.`} next="Read them from your licensed copy. Below stand the numbers of its questions." />}
        {form.answeredBy.length > 1 && <RadioTiles label="Who answered?" choices={[{ value: 'patient', label: 'The patient; I type it in' }, { value: 'clinician', label: 'I asked and rated' }]} tile="14rem" value={answeredBy} problem={wrong('answeredBy')} onChange={(who) => draft.set({ answeredBy: who as 'patient' | 'clinician' })} />}
        {!amending && <DateField label="Answered on" value={day} max={today} problem={wrong('day')} onChange={(value) => draft.set({ day: value })} />}
        {here.stem && <p>{here.stem}</p>}
        {asked.map((item, place) => <AnswerField key={item.id} question={item.text} keys={item.answer} optional={!item.required} hint={bare ? undefined : `Question ${place + 1} of ${asked.length}`} value={given[item.id] ?? null} onChange={(value) => draft.set({ given: { ...given, [item.id]: value } })} />)}
        {open.length > 0 && open.length < asked.length && <p className="soft">{plural(open.length, 'question')} still open. It can be saved so, and counts as incomplete.</p>}
        {helpLevel(here, given) > 0 && <Notice level="call" urgent what="An answer speaks of death or self-harm." next="Stay with the person and ask further. Saving opens a risk path with its clock, and tells the people it names." />}
      </>}
    </SaveForm>
  )
}

function blankOf(form: Instrument, amending: Answered | undefined, today: Day, zone: string): Draft {
  if (amending) return { given: amending.body.answers, answeredBy: amending.body.answeredBy, day: localDay(amending.at, zone) }
  return { given: {}, answeredBy: form.answeredBy.length === 1 ? form.answeredBy[0]! : null, day: today }
}

/** Not later than this moment, so that nothing is dated into the future where the day is not half over. */
function noonOf(day: string, zone: string, now: Instant): Instant {
  const noon = plusMinutes(dayStart(day as Day, zone), NOON_MIN)
  return noon < now ? noon : now
}
