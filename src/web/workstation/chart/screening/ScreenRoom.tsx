import { missingItems, valueOf, type Instrument, type InstrumentItem } from '../../../../core/measures/instrument.ts'
import { riskOf } from '../../../../core/measures/risk.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Notice, RadioTiles } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Answers = Record<string, boolean | null>
const screener: Instrument = instruments['c-ssrs']

/** The C-SSRS screener, asked by a clinician from the practice's own copy. Which question follows which is the instrument's own row. */
export function ScreenRoom() {
  const { chart, mayWrite } = useOpenChart()
  const asked = chart.all('measure-answered.v1').filter(({ body }) => body.instrument === screener.id).toReversed()
  return (
    <Room title={screener.title} says="Read the questions word for word from your own copy; here stand only their subjects. Levels, never sums.">
      {mayWrite('measure-answered.v1') && <Interview />}
      <Part title="Asked before">
        {asked.length === 0 && <p className="soft">Nobody has asked it yet.</p>}
        {asked.map((entry) => {
          const risk = riskOf(screener, entry.body.answers)
          return (
            <div key={entry.id} className="c-past">
              <p><strong>{levelWords(risk.level)}</strong>{risk.because.length > 0 && `: ${risk.because.map((id) => itemText(id)).join('; ')}`}{risk.missing.length > 0 && `. Not answered: ${risk.missing.map((id) => itemText(id)).join('; ')}`}</p>
              <Written entry={entry} room="c-ssrs" what="this interview" />
            </div>
          )
        })}
      </Part>
    </Room>
  )
}

const itemText = (id: string) => screener.items.find((item) => item.id === id)?.text ?? id
const levelWords = (level: string) => (level === 'none' ? 'No yes among the answers' : level === 'unknown' ? 'Level not known: an answer is missing' : `Level ${level}`)

function Interview() {
  const { used, chartId, go } = useOpenChart()
  const given = useAmending('measure-answered.v1')
  const amending = given?.body.instrument === screener.id ? given : undefined
  const first: Answers = Object.fromEntries(screener.items.map((item) => [item.id, amending ? yesNo(item, amending.body.answers) : null]))
  const draft = useDraft<Answers>(`${chartId} c-ssrs ${amending?.id ?? ''}`, first)
  const shown = screener.items.filter((item) => isAsked(item, draft.value))
  const answers = Object.fromEntries(screener.items.map((item) => [item.id, shown.includes(item) ? (draft.value[item.id] ?? null) : null]))
  const open = missingItems(screener, answers)
  const risk = riskOf(screener, answers)
  const save = () => used.write('measure-answered.v1', { instrument: screener.id, version: screener.version, language: 'en', answers, answeredBy: 'clinician' }, inPlaceOf(amending))
  return (
    <SaveForm label="C-SSRS by a clinician" save={amending ? 'Save the correction' : 'Save the interview'} problems={{ answers: Object.values(answers).every((answer) => answer === null) ? 'No question has been answered yet.' : undefined }} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'c-ssrs' }) }} said="The level and what follows from it stand at the top of the chart.">
      {() => <>
        <Correcting entry={amending} />
        {shown.map((item) => (
          <RadioTiles key={item.id} label={item.text} tile="7rem" choices={[{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }]} value={draft.value[item.id] === true ? 'yes' : draft.value[item.id] === false ? 'no' : null} onChange={(value) => draft.set({ [item.id]: value === 'yes' })} />
        ))}
        {open.length > 0 && open.length < shown.length && <p className="soft">Still open: {open.map(itemText).join('; ')}. It can be saved so, and counts as incomplete.</p>}
        {(risk.atLeast === 'high' || risk.atLeast === 'moderate') && <Notice level={risk.atLeast === 'high' ? 'emergency' : 'call'} urgent what={risk.atLeast === 'high' ? 'This is a high level. Stay with the person.' : 'This is a moderate level.'} next="Saving opens a risk path with its clock, and tells the people it names." />}
      </>}
    </SaveForm>
  )
}

const yesNo = (item: InstrumentItem, answers: Parameters<typeof valueOf>[1]): boolean | null => {
  const value = valueOf(item, answers)
  return value === null ? null : value === 1
}

/** A question that follows another is asked only after its answer. */
function isAsked({ askedWhen }: InstrumentItem, answers: Answers): boolean {
  if (!askedWhen) return true
  const before = answers[askedWhen.item]
  return before === (askedWhen.is === 1)
}
