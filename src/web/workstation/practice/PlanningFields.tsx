import { useState } from 'react'
import type { VisitType } from '../../../core/chart/kinds/aftercare.ts'
import type { StaffPlanning } from '../../../core/contract/running.ts'
import { stateChoices, stateName, stateOf } from '../../../core/shared/us-states.ts'
import { Button, DateField, NumberField, Select, Stack, TextField } from '../../kit/index.ts'
import { visitNames } from '../desk/visits.ts'

interface PlanningFieldsProps {
  readonly planning: StaffPlanning
  readonly onPlanning: (planning: StaffPlanning) => void
  /** Only who treats people needs a licence of the state they sit in. */
  readonly treats: boolean
}

/** What planning has to know of somebody beside their hours. */
export function PlanningFields({ planning, onPlanning, treats }: PlanningFieldsProps) {
  const change = (more: Partial<StaffPlanning>) => onPlanning({ ...planning, ...more })
  return (
    <Stack>
      <h3>For planning</h3>
      <NumberField label="Dosing visits in one day, at most" optional hint="Empty: as many as the hours allow." unit="visits" min={0} max={12} value={planning.mostDosingPerDay} onChange={(mostDosingPerDay) => change({ mostDosingPerDay })} />
      <Buffers buffers={planning.buffers} onBuffers={(buffers) => change({ buffers: [...buffers] })} />
      <Skills skills={planning.skills} onSkills={(skills) => change({ skills: [...skills] })} />
      {treats && <Licences licences={planning.licences} onLicences={(licences) => change({ licences: [...licences] })} />}
    </Stack>
  )
}

const visitChoices = Object.entries(visitNames).map(([value, label]) => ({ value: value as VisitType, label }))

function Buffers({ buffers, onBuffers }: { readonly buffers: StaffPlanning['buffers']; readonly onBuffers: (buffers: StaffPlanning['buffers']) => void }) {
  const [type, setType] = useState<VisitType | null>(null)
  const change = (at: number, more: Partial<StaffPlanning['buffers'][number]>) => onBuffers(buffers.map((row, place) => (place === at ? { ...row, ...more } : row)))
  const add = () => {
    if (type) onBuffers([...buffers, { type, beforeMin: 0, afterMin: 0 }])
    setType(null)
  }
  return (
    <fieldset className="k-field p-week">
      <legend className="k-field__label">Time kept free around visits <span className="k-field__optional">(if you like)</span></legend>
      <span className="k-field__hint">Nobody else is booked in it, and it need not lie within the hours.</span>
      {buffers.map(({ type: of, beforeMin, afterMin }, at) => {
        const name = visitNames[of] ?? of
        return (
          <div key={of} className="p-week__day">
            <span className="p-week__name">{name}</span>
            <div className="p-week__rows"><div className="p-week__row">
              <NumberField label={`Before: ${name.toLowerCase()}`} unit="min" min={0} max={240} value={beforeMin} onChange={(next) => next !== null && change(at, { beforeMin: next })} />
              <NumberField label={`After: ${name.toLowerCase()}`} unit="min" min={0} max={240} value={afterMin} onChange={(next) => next !== null && change(at, { afterMin: next })} />
            </div></div>
            <Button kind="plain" onClick={() => onBuffers(buffers.filter((_, other) => other !== at))} aria-label={`Keep nothing free around: ${name.toLowerCase()}`}>Take away</Button>
          </div>
        )
      })}
      <div className="d-fields">
        <Select label="Kind of visit" optional choices={visitChoices.filter(({ value }) => buffers.every((row) => row.type !== value))} value={type} onChange={setType} />
        <Button onClick={add} disabled={!type}>Keep time free around it</Button>
      </div>
    </fieldset>
  )
}

function Skills({ skills, onSkills }: { readonly skills: readonly string[]; readonly onSkills: (skills: readonly string[]) => void }) {
  const [next, setNext] = useState('')
  const named = next.trim()
  const add = () => {
    if (named !== '' && !skills.includes(named)) onSkills([...skills, named])
    setNext('')
  }
  return (
    <fieldset className="k-field p-week">
      <legend className="k-field__label">Trainings that a course may ask for <span className="k-field__optional">(if you like)</span></legend>
      <span className="k-field__hint">Languages count without being listed here again.</span>
      {skills.map((skill) => (
        <div key={skill} className="p-week__day">
          <span className="p-week__name">{skill}</span>
          <Button kind="plain" onClick={() => onSkills(skills.filter((one) => one !== skill))} aria-label={`Take away ${skill}`}>Take away</Button>
        </div>
      ))}
      <div className="d-fields">
        <TextField label="Training" optional maxLength={80} value={next} onChange={setNext} />
        <Button onClick={add} disabled={named === ''}>Add this training</Button>
      </div>
    </fieldset>
  )
}

/** What was typed before there was a list is kept until somebody chooses. */
const choicesWith = (typed: string): readonly { readonly value: string; readonly label: string }[] => (typed === '' || stateOf(typed) ? stateChoices : [{ value: typed, label: `${typed} (as it was typed)` }, ...stateChoices])

function Licences({ licences, onLicences }: { readonly licences: StaffPlanning['licences']; readonly onLicences: (licences: StaffPlanning['licences']) => void }) {
  const change = (at: number, more: Partial<StaffPlanning['licences'][number]>) => onLicences(licences.map((row, place) => (place === at ? { ...row, ...more } : row)))
  return (
    <fieldset className="k-field p-week">
      <legend className="k-field__label">Licences by state</legend>
      <span className="k-field__hint">Whoever sees somebody online needs one for where that person sits. A licence without an end counts until somebody enters one, and the last day counts.</span>
      {licences.map(({ state, number, until }, at) => (
        // A state may stand here twice, or be chosen again: only its place stays the same.
        <div key={at} className="p-week__day">
          <span className="p-week__name">{state ? stateName(state) : 'A new licence'}</span>
          <div className="p-week__rows"><div className="p-week__row">
            <Select label={`State${at > 0 ? ` (${at + 1})` : ''}`} choices={choicesWith(state)} value={stateOf(state) ?? (state || null)} onChange={(next) => change(at, { state: next ?? '' })} />
            <TextField label={`Number${at > 0 ? ` (${at + 1})` : ''}`} optional maxLength={60} value={number} onChange={(next) => change(at, { number: next })} />
            <DateField label={`Good until${at > 0 ? ` (${at + 1})` : ''}`} optional value={until} onChange={(next) => change(at, { until: next })} />
          </div></div>
          <Button kind="plain" onClick={() => onLicences(licences.filter((_, other) => other !== at))} aria-label={`Take away the licence ${state ? stateName(state) : at + 1}`}>Take away</Button>
        </div>
      ))}
      <div><Button onClick={() => onLicences([...licences, { state: '', number: '', until: null }])}>Add a licence</Button></div>
    </fieldset>
  )
}
