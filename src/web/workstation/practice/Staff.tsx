import { useState } from 'react'
import { roleNames } from '../../../core/access/roles.ts'
import type { StaffRow } from '../../../core/contract/running.ts'
import { npiValid } from '../../../core/money/identifiers.ts'
import { Badge, Button, Disclosure, EmptyState, Notice, Row, RowOpen, Rows, Stack } from '../../kit/index.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Told } from '../desk/parts.tsx'
import { Invite } from './Invite.tsx'
import type { Practice } from './PracticePage.tsx'
import { locationsOf } from './Rooms.tsx'
import { StaffForm } from './StaffForm.tsx'

const nobody = (): StaffRow => ({
  person: newId(clock.ms()), name: '', givenName: '', familyName: '', email: null, roles: [], active: true, credentials: '', npi: null, licence: null, licensedNurse: false,
  conditions: [], modalities: [], languages: ['en'], online: false, inPerson: true, accepting: false, about: '', capacity: 0, weekly: [], exceptions: [], planning: { buffers: [], mostDosingPerDay: null, skills: [], licences: [] },
})

/** Who works here, and what is still missing for matching, planning and bills. */
export function Staff({ practice: { staff, rooms }, onKept }: { readonly practice: Practice; readonly onKept: () => Promise<void> }) {
  const [open, setOpen] = useState<StaffRow>()
  const [kept, setKept] = useState<StaffRow>()
  if (open) {
    const isNew = !staff.some(({ person }) => person === open.person)
    return <StaffForm key={open.person} row={open} isNew={isNew} locations={locationsOf(rooms)} onLeave={() => setOpen(undefined)} onKept={async (row) => { setOpen(undefined); setKept(row); await onKept() }} />
  }
  const here = staff.filter(({ active }) => active)
  const gone = staff.filter(({ active }) => !active)
  const list = (rows: readonly StaffRow[], label: string) => <Rows label={label}>{rows.map((row) => <StaffLine key={row.person} row={row} onOpen={() => { setKept(undefined); setOpen(row) }} />)}</Rows>
  return (
    <Stack>
      {kept && <Told key={kept.person}><Notice what={`${kept.givenName} ${kept.familyName} is kept.`}>{kept.email && kept.active && <Invite person={kept.person} name={kept.givenName} email={kept.email} />}</Notice></Told>}
      {here.length === 0 ? <EmptyState what="Nobody works here yet." begin="Add yourself and everybody who sees patients." /> : list(here, 'People who work here')}
      {gone.length > 0 && <Disclosure summary={`No longer here: ${gone.length}`}>{list(gone, 'People who no longer work here')}</Disclosure>}
      <Button onClick={() => { setKept(undefined); setOpen(nobody()) }}>Add a person</Button>
    </Stack>
  )
}

function StaffLine({ row, onOpen }: { readonly row: StaffRow; readonly onOpen: () => void }) {
  const missing = row.active ? missingOf(row) : []
  return (
    <Row
      who={<RowOpen onOpen={onOpen}>{row.name}</RowOpen>}
      where={row.roles.map((role) => roleNames[role]).join(', ')}
      missing={missing.length > 0 ? missing.map((says) => <Badge key={says} level="caution">{says}</Badge>) : row.credentials}
      since={row.accepting ? 'takes people' : ''}
    />
  )
}

/** What would stop a plan or a bill. Who only runs the desk needs none of it. */
export function missingOf({ roles, weekly, npi, licence, conditions }: StaffRow): string[] {
  const sees = roles.some((role) => role === 'therapist' || role === 'prescriber')
  const isPlanned = sees || roles.includes('monitor')
  return [
    ...(isPlanned && weekly.length === 0 ? ['no working hours'] : []),
    ...(sees && !npi ? ['no NPI'] : []),
    ...(npi && !npiValid(npi) ? ['the NPI does not check out'] : []),
    ...(sees && !licence ? ['no licence'] : []),
    ...(roles.includes('therapist') && conditions.length === 0 ? ['no conditions listed'] : []),
  ]
}
