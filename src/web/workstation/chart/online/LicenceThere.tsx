import { useState } from 'react'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { decisionWords, licenceDecided, sayUnlicensed, unlicensedAt, type Decided } from '../../../../core/online/whereabouts.ts'
import { inState, type Whereabouts } from '../../../../core/shared/us-states.ts'
import { law } from '../../../../knowledge/law.ts'
import { sources } from '../../../../knowledge/sources.ts'
import { Notice, RadioTiles, TextArea } from '../../../kit/index.ts'
import { clockTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { usePractice } from '../parts/practice.ts'
import { SaveForm } from '../parts/SaveForm.tsx'

const rule = law.find(({ id }) => id === 'law.licence')!
const CHOICES = [
  { value: 'held', label: decisionWords.held, hint: 'Say on what it rests.' }, { value: 'phone', label: decisionWords.phone, hint: 'The same rule may hold for it.' }, { value: 'moved', label: decisionWords.moved, hint: 'The desk hears of it.' },
] as const

/** Who is not entered as licensed where the patient is, with the rule, its source and what is entered; and what the clinician decides. Nothing is forbidden here. */
export function LicenceThere({ visit, state }: { readonly visit: BookedVisit; readonly state: Whereabouts }) {
  const { chart, zone, name, mayWrite } = useOpenChart()
  const { data } = usePractice()
  if (!data) return <Notice level="caution" what={`Whether a licence is entered ${inState(state)} could not be read on this device.`} next="Look at the licences before you begin." />
  const missing = unlicensedAt(visit, state, data.staff, zone)
  if (missing.length === 0) return null
  const decided = licenceDecided(chart, visit, state)
  return (
    <>
      <Notice level="caution" what={missing.map((one) => sayUnlicensed(one, state)).join(' ')} kept={rule.says}><p className="soft small">Source: {sources.S51.title}. What the practice holds is for its lawyer; licences are entered under Practice, People.</p></Notice>
      {decided && <p><strong>{decisionWords[decided.body.decision]}.</strong> {name(decided.by)} decided at {clockTime(decided.at, zone)}: {decided.body.reason}</p>}
      {!decided && mayWrite('licence-decided.v1') && <Decide visit={visit} state={state} />}
      {!decided && !mayWrite('licence-decided.v1') && <p className="soft">The therapist or the prescriber of the visit decides.</p>}
    </>
  )
}

function Decide({ visit, state }: { readonly visit: BookedVisit; readonly state: Whereabouts }) {
  const { used } = useOpenChart()
  const [decision, setDecision] = useState<Decided['decision'] | null>(null)
  const [reason, setReason] = useState('')
  const problems = { decision: decision ? undefined : 'Say what you decide.', reason: reason.trim() ? undefined : 'Write why, in a few words.' }
  return (
    <SaveForm label="What I decide" save="Write what I decide" problems={problems} onSave={() => used.write('licence-decided.v1', { visit: visit.visit, startsAt: visit.startsAt, state, decision: decision!, reason: reason.trim() })}>
      {(wrong) => <>
        <RadioTiles label="What becomes of this visit?" tile="13rem" choices={CHOICES} value={decision} onChange={setDecision} problem={wrong('decision')} />
        <TextArea label="Why" hint="The patient can read it." rows={2} maxLength={1000} value={reason} onChange={setReason} problem={wrong('reason')} />
      </>}
    </SaveForm>
  )
}
