import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleNames } from '../../../core/access/roles.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { Wishes } from '../../../core/contract/running.ts'
import { languageName } from '../../../core/shared/language-name.ts'
import { Button, Select } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'

type Need = Wishes['needs'][number]
const ROLES = ['therapist', 'prescriber', 'monitor'] as const

/** What people in this role have entered of themselves: trainings, and languages by their names. */
export function broughtBy(staff: Response<'practice'>['staff'], role: Need['role']): string[] {
  const brought = staff.filter(({ active, roles }) => active && roles.includes(role)).flatMap(({ planning, languages }) => [...planning.skills, ...languages.map(languageName)])
  return [...new Set(brought)].toSorted((a, b) => a.localeCompare(b))
}

/** What whoever fills a role has to bring, chosen from what people here have entered. */
export function NeedsFields({ needs, onNeeds }: { readonly needs: readonly Need[]; readonly onNeeds: (needs: Need[]) => void }) {
  const [role, setRole] = useState<Need['role'] | null>(null)
  const [skill, setSkill] = useState<string | null>(null)
  const { data } = useQuery({ queryKey: ['practice'], queryFn: () => call('practice'), staleTime: 60_000, enabled: role !== null })
  const choices = role && data ? broughtBy(data.staff, role).filter((one) => !needs.some((need) => need.role === role && need.skill === one)) : []
  const add = () => {
    if (!role || !skill) return
    onNeeds([...needs, { role, skill }])
    setSkill(null)
  }
  const words = (need: Need) => `${roleNames[need.role]} with ${need.skill}`
  return (
    <fieldset className="k-field d-away">
      <legend className="k-field__label">What somebody has to bring <span className="k-field__optional">(if you like)</span></legend>
      <span className="k-field__hint">A language or a training, as people here have entered it. Whoever does not bring it is not planned.</span>
      {needs.length > 0 && <ul className="d-chips" aria-label="What somebody has to bring">{needs.map((need) => <li key={words(need)}>{words(need)} <Button kind="plain" aria-label={`Take away ${words(need)}`} onClick={() => onNeeds(needs.filter((one) => one !== need))}>Take away</Button></li>)}</ul>}
      <div className="d-fields">
        <Select label="Who" optional choices={ROLES.map((value) => ({ value, label: roleNames[value] }))} value={role} onChange={(next) => { setRole(next); setSkill(null) }} />
        <Select label="Has to bring" optional choices={choices.map((value) => ({ value, label: value }))} value={skill} onChange={setSkill} {...(role && choices.length === 0 ? { empty: 'Nothing is entered' } : {})} />
        <Button onClick={add} disabled={!role || !skill}>Ask for it</Button>
      </div>
    </fieldset>
  )
}
