import type { BookedVisit, VisitType } from '../../../../core/chart/kinds/aftercare.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { phaseOf } from '../../../../core/course/protocol.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { CheckboxGroup, DateField, RadioTiles, TextArea, TimeField } from '../../../kit/index.ts'
import { visitNames } from '../../home/Home.tsx'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { momentOf, toTheMinute, upper, wallAt } from '../words.ts'
import { modalityChoices } from './modalities.ts'

type Body = BodyOf<'visit-closed.v1'>
interface Draft {
  readonly day: string | null
  readonly from: string | null
  readonly to: string | null
  readonly outcome: Body['outcome'] | null
  readonly covered: readonly string[]
  readonly modalities: readonly string[]
  readonly summary: string
  readonly carePlan: string
}

interface VisitFormProps {
  readonly type: VisitType
  readonly visit?: BookedVisit | undefined
  readonly label: string
  readonly onDone?: () => void
}

/** What became of a visit: that it took place, what was covered, or that nobody came. The checklist is the protocol's own row. */
export function VisitForm({ type, visit, label, onDone }: VisitFormProps) {
  const { used, chartId, protocol, zone, now } = useOpenChart()
  const given = useAmending('visit-closed.v1')
  const amending = given?.body.type === type ? given : undefined
  const phase = phaseOf(protocol, type)
  const draft = useDraft<Draft>(`${chartId} visit ${type} ${amending?.id ?? visit?.visit ?? ''}`, firstOf(amending?.body, visit, phase?.durationMin ?? 60, now, zone))
  const { value, set } = draft
  const [startedAt, endedAt] = [momentOf(value.day, value.from, zone), momentOf(value.day, value.to, zone)]
  const problems = {
    when: !startedAt || !endedAt ? 'Say on which day, from when and until when.' : endedAt <= startedAt ? 'The visit ends before it begins.' : startedAt > now ? 'This visit lies ahead; it can be written once it has begun.' : undefined,
    outcome: value.outcome === null ? 'Say what became of the visit.' : undefined,
    summary: value.outcome !== null && value.outcome !== 'missed' && !value.summary.trim() ? 'Write in a few words what the visit was about.' : undefined,
  }
  const took = value.outcome !== 'missed'
  const save = () => used.write('visit-closed.v1', {
    ...(visit ? { visit: visit.visit } : amending?.body.visit ? { visit: amending.body.visit } : {}), type, startedAt: startedAt!, endedAt: endedAt!, outcome: value.outcome ?? 'completed',
    covered: took ? [...value.covered] : [], modalities: took ? [...value.modalities] : [], summary: value.summary.trim(), carePlan: value.carePlan.trim(),
  }, inPlaceOf(amending))
  const content = [...new Set([...(phase?.content ?? []), ...value.covered])]

  return (
    <SaveForm label={label} save={amending ? 'Save the correction' : value.outcome === 'missed' ? 'Write that it was missed' : 'Write the visit'} problems={problems} onSave={save} onDone={() => { draft.clear(); onDone?.() }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <RadioTiles label={`What became of it: ${visitNames[type]?.toLowerCase() ?? 'visit'}`} tile="9rem" choices={[{ value: 'completed', label: 'It took place' }, { value: 'ended-early', label: 'It ended early' }, { value: 'missed', label: 'Nobody came' }]} value={value.outcome} onChange={(outcome) => set({ outcome })} problem={wrong('outcome')} />
        <div className="c-three">
          <DateField label="Day of the visit" value={value.day} onChange={(day) => set({ day })} problem={wrong('when')} />
          <TimeField label="Began at" value={value.from} onChange={(from) => set({ from })} />
          <TimeField label="Ended at" value={value.to} onChange={(to) => set({ to })} />
        </div>
        {took && content.length > 0 && <CheckboxGroup label="Covered" hint="What this protocol asks to be covered over its visits of this kind." optional tile="11rem" choices={content.map((one) => ({ value: one, label: upper(one) }))} value={value.covered} onChange={(covered) => set({ covered })} />}
        {took && type !== 'medical-clearance' && <CheckboxGroup label="Ways of working" optional tile="10.5rem" choices={modalityChoices} value={value.modalities} onChange={(modalities) => set({ modalities })} />}
        <TextArea label={took ? 'What the visit was about' : 'What is known about why'} optional={!took} value={value.summary} onChange={(summary) => set({ summary })} problem={wrong('summary')} />
        {took && <TextArea label="What happens next" optional value={value.carePlan} onChange={(carePlan) => set({ carePlan })} />}
      </>}
    </SaveForm>
  )
}

/** The times of the booking, as a start to correct; without one, nothing is assumed but today. */
function firstOf(before: Body | undefined, visit: BookedVisit | undefined, durationMin: number, now: string, zone: string): Draft {
  const blank = { outcome: null, covered: [], modalities: [], summary: '', carePlan: '' }
  if (before) return { day: wallAt(before.startedAt, zone).day, from: wallAt(before.startedAt, zone).time, to: wallAt(before.endedAt, zone).time, outcome: before.outcome, covered: before.covered, modalities: before.modalities, summary: before.summary, carePlan: before.carePlan }
  if (visit) return { ...blank, day: wallAt(visit.startsAt, zone).day, from: wallAt(visit.startsAt, zone).time, to: wallAt(visit.endsAt, zone).time }
  const began = plusMinutes(toTheMinute(now), -durationMin)
  return { ...blank, day: wallAt(began, zone).day, from: null, to: null }
}
