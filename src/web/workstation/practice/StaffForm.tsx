import { useState, type FormEvent } from 'react'
import { roleNames, roles, type Role } from '../../../core/access/roles.ts'
import type { StaffRow } from '../../../core/contract/running.ts'
import { conditions } from '../../../knowledge/conditions.ts'
import { approaches } from '../../../knowledge/matching.ts'
import { Checkbox, CheckboxGroup, NumberField, Stack, TextArea, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useAct } from '../desk/use-act.ts'
import { DaysOff, WeeklyHours } from './Hours.tsx'
import { hourProblems } from './hours.ts'
import { FormTitle } from './FormTitle.tsx'
import { KeepBar } from './KeepBar.tsx'
import { Languages } from './Languages.tsx'
import { npiWords } from './number-words.ts'
import { VideoAddress } from '../video/VideoAddress.tsx'
import { PlanningFields } from './PlanningFields.tsx'

interface StaffFormProps {
  readonly row: StaffRow
  readonly isNew: boolean
  /** The places the practice's rooms are in. */
  readonly locations: readonly string[]
  readonly onLeave: () => void
  readonly onKept: (row: StaffRow) => Promise<void>
}
const treats = ({ roles }: StaffRow) => roles.includes('therapist') || roles.includes('prescriber')
type Change = (more: Partial<StaffRow>) => void

/** Everything the practice keeps of somebody who works here: for signing in, matching, planning and bills. */
export function StaffForm({ row, isNew, locations, onLeave, onKept }: StaffFormProps) {
  const [draft, setDraft] = useState(row)
  const [capacity, setCapacity] = useState<number | null>(row.capacity)
  const { pending, refusal, act } = useAct()
  const change: Change = (more) => setDraft((before) => ({ ...before, ...more }))
  const hours = hourProblems(draft.weekly, draft.exceptions)
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (hours.length > 0 || capacity === null) return
    const { name: _name, ...body } = draft
    const npi = body.npi?.replaceAll(/\s/g, '') || null
    const row = { ...body, npi, licence: body.licence?.trim() || null, email: body.email?.trim() || null, capacity }
    void act(() => call('keepStaff', { body: row })).then((done) => done && onKept({ ...draft, ...row }))
  }
  return (
    <form onSubmit={keep} aria-label={isNew ? 'A new person' : row.name} className="p-form">
      <Stack air="wide">
        <FormTitle>{isNew ? 'A new person' : row.name}</FormTitle>
        <Who draft={draft} change={change} isNew={isNew} />
        <Papers draft={draft} change={change} />
        {draft.roles.includes('therapist') && <ForMatching draft={draft} change={change} capacity={capacity} onCapacity={setCapacity} />}
        <WeeklyHours weekly={draft.weekly} locations={locations} onWeekly={(weekly) => change({ weekly: [...weekly] })} />
        <DaysOff exceptions={draft.exceptions} onExceptions={(exceptions) => change({ exceptions: [...exceptions] })} />
        <PlanningFields planning={draft.planning} onPlanning={(planning) => change({ planning })} treats={treats(draft)} />
        {!isNew && treats(draft) && <VideoAddress person={row.person} label="Video address" hint="For every visit of theirs online that has no address of its own. Kept at once, apart from the rest of this page." />}
        {hours.length > 0 && <ul className="d-reasons k-field__problem" role="alert">{hours.map((says) => <li key={says}>{says}</li>)}</ul>}
        {!isNew && <Checkbox label="Works here" hint="Somebody who left keeps their name in every chart, and can no longer sign in or be planned." checked={draft.active} onChange={(active) => change({ active })} />}
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Keep this person</KeepBar>
      </Stack>
    </form>
  )
}

const roleHints: Readonly<Partial<Record<Role, string>>> = {
  therapist: 'Prepares, sits with and integrates', prescriber: 'Clears medically, orders, is on call', monitor: 'Second person in the dosing room', coordinator: 'Calls, plans and bills',
  owner: 'Keeps this page', 'medical-director': 'Adopts the rulebook',
}
const staffRoles = roles.filter((role): role is Exclude<Role, 'patient'> => role !== 'patient').map((value) => ({ value, label: capital(roleNames[value]), hint: roleHints[value] }))

function Who({ draft, change, isNew }: { readonly draft: StaffRow; readonly change: Change; readonly isNew: boolean }) {
  return (
    <Stack>
      <div className="d-fields">
        <TextField label="Given name" autoComplete="off" maxLength={100} value={draft.givenName} onChange={(givenName) => change({ givenName })} />
        <TextField label="Family name" autoComplete="off" maxLength={100} value={draft.familyName} onChange={(familyName) => change({ familyName })} />
        <TextField label="Work e-mail" type="email" autoComplete="off" optional={!isNew} maxLength={254} value={draft.email ?? ''} onChange={(email) => change({ email })} />
      </div>
      <CheckboxGroup label="Roles" hint="One person may hold several." tile="15rem" choices={staffRoles} value={draft.roles.filter((role) => role !== 'patient')} onChange={(chosen) => change({ roles: [...chosen] })} problem={draft.roles.length === 0 && !isNew ? 'Everybody here has at least one role.' : undefined} />
    </Stack>
  )
}

function Papers({ draft, change }: { readonly draft: StaffRow; readonly change: Change }) {
  return (
    <Stack>
      <h3>Credentials</h3>
      <div className="d-fields">
        <TextField label="Credentials" optional hint="As they stand after the name: PhD, psychologist" maxLength={120} value={draft.credentials} onChange={(credentials) => change({ credentials })} />
        <TextField label="NPI" inputMode="numeric" optional {...npiWords(draft.npi ?? '')} value={draft.npi ?? ''} onChange={(npi) => change({ npi })} />
        <TextField label="Licence" optional hint="Number and state" maxLength={80} value={draft.licence ?? ''} onChange={(licence) => change({ licence })} />
      </div>
      {draft.roles.includes('monitor') && <Checkbox label="A licensed nurse" hint="May act under a standing order of the prescriber." checked={draft.licensedNurse} onChange={(licensedNurse) => change({ licensedNurse })} />}
      <TextArea label="About them" optional hint="One or two sentences, read to people who choose a therapist." rows={2} maxLength={1000} value={draft.about} onChange={(about) => change({ about })} />
    </Stack>
  )
}

function ForMatching({ draft, change, capacity, onCapacity }: { readonly draft: StaffRow; readonly change: Change; readonly capacity: number | null; readonly onCapacity: (capacity: number | null) => void }) {
  const withOwn = (known: readonly { readonly value: string; readonly label: string }[], own: readonly string[]) => [...known, ...own.filter((one) => !known.some(({ value }) => value === one)).map((value) => ({ value, label: value }))]
  return (
    <Stack>
      <h3>For matching</h3>
      <Checkbox framed label="Takes new people" checked={draft.accepting} onChange={(accepting) => change({ accepting })} />
      <NumberField label="How many at once" unit="people" min={0} max={200} value={capacity} onChange={onCapacity} />
      <CheckboxGroup label="Works with" optional tile="15rem" choices={withOwn(conditions.map(({ id, clinicalName }) => ({ value: id, label: clinicalName })), draft.conditions)} value={draft.conditions} onChange={(chosen) => change({ conditions: [...chosen] })} />
      <CheckboxGroup label="Ways of working" optional tile="15rem" choices={withOwn(Object.entries(approaches).map(([value, label]) => ({ value, label: capital(label) })), draft.modalities)} value={draft.modalities} onChange={(chosen) => change({ modalities: [...chosen] })} />
      <Languages languages={draft.languages} onLanguages={(languages) => change({ languages: [...languages] })} />
      <div>
        <Checkbox label="Meets people online" checked={draft.online} onChange={(online) => change({ online })} />
        <Checkbox label="Meets people in person" checked={draft.inPerson} onChange={(inPerson) => change({ inPerson })} />
      </div>
    </Stack>
  )
}

function capital(words: string) { return words.charAt(0).toUpperCase() + words.slice(1) }
