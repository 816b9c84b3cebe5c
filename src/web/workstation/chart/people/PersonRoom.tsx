import { useState } from 'react'
import { roleNames, type Role } from '../../../../core/access/roles.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { DataPairs, DateField, EmptyState, Select, Table, TextField } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { staffWith, useJoinTeam, usePractice, type JoiningRole } from '../parts/practice.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { ExportPart } from './ExportPart.tsx'
import { PhotoPart } from './PhotoPart.tsx'
import { SitsInPart } from './SitsInPart.tsx'
import { RemindedPart } from './RemindedPart.tsx'

/** Who this is, how to reach them, and who may see this chart. */
export function PersonRoom() {
  const { chart, team, may, mayWrite, place } = useOpenChart()
  const who = chart.latest('demographics.v1')
  const writing = mayWrite('demographics.v1') && (!who || place.amends !== undefined || place.entry === 'new')
  return (
    <Room title="Person and team">
      {who && !writing && (
        <Part title="Name and contact">
          <DataPairs wide pairs={[
            ['Name', `${who.body.givenName} ${who.body.familyName}`], ['Called', who.body.preferredName], ['Pronouns', who.body.pronouns], ['Born', plainDay(who.body.birthDate)], ['Phone', who.body.phone && <a key="phone" href={`tel:${who.body.phone.replaceAll(' ', '')}`}>{who.body.phone}</a>], ['Mail', who.body.email], ['Address', who.body.address],
            ['Emergency contact', who.body.emergencyContact && `${who.body.emergencyContact.name}${who.body.emergencyContact.relationship ? `, ${who.body.emergencyContact.relationship}` : ''}, ${who.body.emergencyContact.phone}`], ...(who.body.deceasedOn ? [['Died', plainDay(who.body.deceasedOn)] as const] : []),
          ]} />
          <Written entry={who} room="person" what="name and contact" />
          {mayWrite('demographics.v1') && <RoomLink step="person" entry="new" kind="quiet">Something changed</RoomLink>}
        </Part>
      )}
      {!who && !writing && <EmptyState what="Name and contact are not written yet." />}
      {writing && <PersonForm />}
      <PhotoPart />
      <SitsInPart />
      <RemindedPart />
      <Part title="Care team">
        <Table caption="People on the team" captionHeard rows={team} rowKey={({ person, role }) => `${person} ${role}`} empty="Nobody is on the team yet." columns={[{ key: 'name', head: 'Name', cell: ({ name, credentials }) => `${name}${credentials ? `, ${credentials}` : ''}` }, { key: 'role', head: 'As', cell: ({ role }) => roleNames[role] }]} />
        {may('team.change') && <JoinForm />}
      </Part>
      <ExportPart />
    </Room>
  )
}

const ROLES: readonly JoiningRole[] = ['therapist', 'prescriber', 'monitor', 'coordinator', 'medical-director']

function JoinForm() {
  const { chartId, team } = useOpenChart()
  const { data } = usePractice()
  const join = useJoinTeam(chartId)
  const [role, setRole] = useState<JoiningRole | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const people = role === null ? [] : staffWith(data, role as Role).filter((one) => !team.some((member) => member.person === one.person && member.role === role))
  return (
    <SaveForm label="Somebody joins the team" save="Add to the team" saveLabel="Add to the team" problems={{ role: role ? undefined : 'Choose as what.', person: person ? undefined : 'Choose whom.' }} onSave={() => join(person!, role!)} onDone={() => { setRole(null); setPerson(null) }} said="They can open this chart now.">
      {(wrong) => (
        <div className="c-pair">
          <Select label="Joins as" choices={ROLES.map((one) => ({ value: one, label: roleNames[one] }))} value={role} onChange={(next) => { setRole(next); setPerson(null) }} problem={wrong('role')} />
          <Select label="Who joins" choices={people.map((one) => ({ value: one.person, label: one.name }))} value={person} onChange={setPerson} problem={wrong('person')} {...(role && people.length === 0 ? { empty: 'Nobody else here has this role' } : {})} />
        </div>
      )}
    </SaveForm>
  )
}

type Body = BodyOf<'demographics.v1'>
interface Draft { readonly givenName: string; readonly familyName: string; readonly preferredName: string; readonly pronouns: string; readonly birthDate: string | null; readonly phone: string; readonly email: string; readonly address: string; readonly contactName: string; readonly contactPhone: string; readonly contactIs: string; readonly deceasedOn: string | null }

function PersonForm() {
  const { chart, used, chartId, go, today } = useOpenChart()
  const amending = useAmending('demographics.v1')
  const before = (amending ?? chart.latest('demographics.v1'))?.body
  const draft = useDraft<Draft>(`${chartId} person ${amending?.id ?? ''}`, {
    givenName: before?.givenName ?? '', familyName: before?.familyName ?? '', preferredName: before?.preferredName ?? '', pronouns: before?.pronouns ?? '', birthDate: before?.birthDate ?? null, phone: before?.phone ?? '', email: before?.email ?? '', address: before?.address ?? '',
    contactName: before?.emergencyContact?.name ?? '', contactPhone: before?.emergencyContact?.phone ?? '', contactIs: before?.emergencyContact?.relationship ?? '', deceasedOn: before?.deceasedOn ?? null,
  })
  const { value, set } = draft
  const contact = value.contactName.trim() || value.contactPhone.trim()
  const problems = {
    givenName: value.givenName.trim() ? undefined : 'The given name is missing.', familyName: value.familyName.trim() ? undefined : 'The family name is missing.', birthDate: !value.birthDate ? 'The birth date is missing.' : value.birthDate > today ? 'The birth date lies in the future.' : undefined,
    email: value.email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.email.trim()) ? 'This mail address cannot be right.' : undefined, contact: contact && !(value.contactName.trim() && value.contactPhone.trim()) ? 'The emergency contact needs a name and a phone number.' : undefined,
  }
  return (
    <SaveForm label="Name and contact" save={amending ? 'Save the correction' : 'Save name and contact'} problems={problems} onSave={() => used.write('demographics.v1', bodyOf(value, before), inPlaceOf(amending))} onDone={() => { draft.clear(); go({ step: 'person' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <div className="c-pair"><TextField label="Given name" value={value.givenName} onChange={(givenName) => set({ givenName })} problem={wrong('givenName')} /><TextField label="Family name" value={value.familyName} onChange={(familyName) => set({ familyName })} problem={wrong('familyName')} /></div>
        <div className="c-pair"><TextField label="Wants to be called" optional value={value.preferredName} onChange={(preferredName) => set({ preferredName })} /><TextField label="Pronouns" optional value={value.pronouns} onChange={(pronouns) => set({ pronouns })} /></div>
        <DateField label="Birth date" max={today} value={value.birthDate} onChange={(birthDate) => set({ birthDate })} problem={wrong('birthDate')} />
        <div className="c-pair"><TextField label="Phone of the person" type="tel" optional value={value.phone} onChange={(phone) => set({ phone })} /><TextField label="Mail of the person" type="email" optional value={value.email} onChange={(email) => set({ email })} problem={wrong('email')} /></div>
        <TextField label="Address" optional value={value.address} onChange={(address) => set({ address })} />
        <div className="c-three"><TextField label="Emergency contact" optional value={value.contactName} onChange={(contactName) => set({ contactName })} problem={wrong('contact')} /><TextField label="Phone of the emergency contact" type="tel" optional value={value.contactPhone} onChange={(contactPhone) => set({ contactPhone })} /><TextField label="Who that is" optional value={value.contactIs} onChange={(contactIs) => set({ contactIs })} /></div>
        <DateField label="Died on" optional value={value.deceasedOn} onChange={(deceasedOn) => set({ deceasedOn })} />
      </>}
    </SaveForm>
  )
}

function bodyOf(value: Draft, before: Body | undefined): Body {
  const { givenName, familyName, birthDate, contactName, contactPhone, contactIs, deceasedOn, ...rest } = value
  const texts = Object.fromEntries(Object.entries(rest).flatMap(([key, text]) => (text.trim() ? [[key, text.trim()]] : [])))
  const { emergencyContact: _contact, deceasedOn: _died, preferredName: _called, pronouns: _pronouns, phone: _phone, email: _email, address: _address, ...kept } = before ?? {}
  return {
    ...kept, ...texts, givenName: givenName.trim(), familyName: familyName.trim(), birthDate: birthDate ?? '', ...(deceasedOn ? { deceasedOn } : {}),
    ...(contactName.trim() && contactPhone.trim() ? { emergencyContact: { name: contactName.trim(), phone: contactPhone.trim(), ...(contactIs.trim() ? { relationship: contactIs.trim() } : {}) } } : {}),
  } as Body
}
