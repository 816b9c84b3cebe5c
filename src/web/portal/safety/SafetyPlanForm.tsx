import { useState, type FormEvent } from 'react'
import { helpLines } from '../../../knowledge/pages/help.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { Button, DateField, Notice, Scale, Stack, TextArea, TextField } from '../../kit/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { namesOf, usePatient, type Patient } from '../patient.tsx'
import { go } from '../router.ts'
import { dayAfter, dayOf } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { LinesField, PairsField } from './fields.tsx'
import { readPlan, type PlanDraft } from './read-plan.ts'

/** Made or changed by the person, best with the therapist beside. A change is a new version; the old one stays in the record. */
export function SafetyPlanForm() {
  const patient = usePatient()
  if (!patient.used.ready || !patient.practice.known) return <Frame title="Safety plan"><WaitingPage /></Frame>
  return <PlanForm patient={patient} />
}

function PlanForm({ patient }: { readonly patient: Patient }) {
  const { me, used } = patient
  const [draft, setDraft, clear] = useDraft<PlanDraft>(`${me.person} safety-plan`, beginning(patient))
  const [problems, setProblems] = useState<readonly string[]>([])
  const [pending, setPending] = useState(false)
  const set = <Key extends keyof PlanDraft>(key: Key) => (value: PlanDraft[Key]) => setDraft((before) => ({ ...before, [key]: value }))

  async function save(event: FormEvent) {
    event.preventDefault()
    const read = readPlan(draft)
    if (!read.ok) { setProblems(read.refusal); return }
    if (used.connection === 'away') { setProblems(['A safety plan is saved only with a connection, because your therapist has to see it. What you typed stays here; try again in a moment.']); return }
    setPending(true)
    try {
      await used.write('safety-plan.v1', read.value)
      clear()
      go('/my/safety-plan')
    } catch {
      setProblems(['It could not be kept on this device. Nothing was saved; please try again.'])
      setPending(false)
    }
  }

  return (
    <Frame title="Safety plan">
      <form noValidate onSubmit={(event) => void save(event)}>
        <Stack air="wide">
          <div className="k-stack k-stack--tight"><h1>My safety plan</h1><p>Short and concrete is best: words you will understand in a bad hour. Your therapist reads it too. Is it a bad hour right now? Then leave this and <a href="/my/help">get help first</a>.</p></div>
          <LinesField legend="How I notice that it is getting bad" hint="Thoughts, moods, things I do or stop doing" one="Sign" lines={draft.warningSigns} onChange={set('warningSigns')} />
          <LinesField legend="What I can do by myself" hint="Things that helped before" one="Thing to do" lines={draft.coping} onChange={set('coping')} />
          <PairsField legend="People and places that take my mind off it" optional one="Person or place" first="name" second="phone, if there is one" pairs={draft.distraction} onChange={set('distraction')} phone />
          <PairsField legend="People I ask for help" one="Helper" first="name" second="phone" pairs={draft.help} onChange={set('help')} phone />
          <PairsField legend="Professionals I call" one="Professional" first="name" second="phone" pairs={draft.professionals} onChange={set('professionals')} phone />
          <PairsField legend="Making my surroundings safer" hint="What is put away or given to somebody, and who helps" optional one="Step" first="what" second="who helps" pairs={draft.environment} onChange={set('environment')} />
          <TextArea label="What is worth living for" optional value={draft.worthLivingFor} onChange={set('worthLivingFor')} maxLength={1000} />
          <Scale label="How likely is it that I will use this plan?" ends={['not at all', 'surely']} value={draft.likelihoodOfUse} onChange={set('likelihoodOfUse')} />
          <TextField label="Made together with" hint="Your therapist, somebody close; leave it empty if you made it alone" optional value={draft.madeWith} onChange={set('madeWith')} maxLength={200} />
          <DateField label="Look at it again by" value={draft.reviewOn} onChange={set('reviewOn')} min={dayOf(patient.now, patient.zone)} />
          {problems.length > 0 && <Notice urgent level="caution" what="It is not saved yet." kept={<ProblemList problems={problems} />} next="What you typed is kept." />}
          <Button kind="primary" size="room" wide type="submit" pending={pending}>Save my safety plan</Button>
        </Stack>
      </form>
    </Frame>
  )
}

const ProblemList = ({ problems }: { readonly problems: readonly string[] }) => problems.length === 1 ? problems[0] : <span>{problems.map((problem) => <span key={problem} style={{ display: 'block' }}>{problem}</span>)}</span>

/** The plan that stands, or an empty one with the numbers that answer at any hour. */
function beginning(patient: Patient): PlanDraft {
  const { used, me, practice, now, zone } = patient
  const standing = used.chart.latest('safety-plan.v1')?.body
  // Where nobody could be asked for her course, the soonest of those that ship is early enough for it.
  const [soonest] = Object.values(protocols).map(({ gates }) => gates.safetyPlanWithinDays).toSorted((a, b) => a - b)
  const reviewOn = dayAfter(dayOf(now, zone), patient.course.value?.safetyPlanWithinDays ?? soonest ?? 30)
  const pairs = (list: readonly { who: string; phone: string }[]) => list.map(({ who, phone }) => [who, phone] as const)
  if (standing) {
    return {
      warningSigns: standing.warningSigns, coping: standing.coping, distraction: pairs(standing.distraction), help: pairs(standing.help), professionals: pairs(standing.professionals),
      environment: standing.environment.map(({ step, who }) => [step, who] as const), worthLivingFor: standing.worthLivingFor, likelihoodOfUse: null,
      madeWith: standing.madeWith.filter((name) => name !== me.name).join(', '), reviewOn, self: me.name,
    }
  }
  const lifeline = helpLines.filter(({ id }) => id === '988').map(({ name }) => [name, '988'] as const)
  const ours = practice.phone ? [[namesOf(patient, 'therapist')[0] ?? practice.name, practice.phone] as const] : []
  return { warningSigns: [''], coping: [''], distraction: [], help: [['', '']], professionals: [...ours, ...lifeline], environment: [], worthLivingFor: '', likelihoodOfUse: null, madeWith: '', reviewOn, self: me.name }
}
