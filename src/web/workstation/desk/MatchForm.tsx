import { useState, type FormEvent } from 'react'
import type { Request } from '../../../core/contract/contract.ts'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { Button, DateField, Stack, TextField } from '../../kit/index.ts'
import { clock } from '../../sync/clock.ts'
import { useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import type { Chosen } from './Matching.tsx'

type Who = Omit<Request<'match'>['body'], 'therapist' | 'slot'>

/** Who the person is on paper. What the form said is filled in; whether it is right, the coordinator asks. */
export function MatchForm({ inquiry, chosen, pending, onMatch }: { readonly inquiry: InquiryRow; readonly chosen: Chosen | undefined; readonly pending: boolean; readonly onMatch: (who: Who) => void }) {
  const me = useMe()
  const [givenName, setGivenName] = useState(() => nameParts(inquiry.name)[0])
  const [familyName, setFamilyName] = useState(() => nameParts(inquiry.name)[1])
  const [birthDate, setBirthDate] = useState<string | null>(null)
  const [email, setEmail] = useState(inquiry.email ?? '')
  const [phone, setPhone] = useState(inquiry.phone ?? '')
  const today = localDay(clock.now(), me?.practice.zone ?? 'UTC')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!me || !birthDate || !chosen) return
    onMatch({ givenName, familyName, birthDate, email, device: me.device, ...(phone.trim() ? { phone: phone.trim() } : {}) })
  }
  return (
    <form onSubmit={send} aria-labelledby="who-they-are">
      <Stack>
        <h3 id="who-they-are">Who they are on paper</h3>
        <p className="soft">As on an identity document. Sign-in links go to the e-mail address.</p>
        <div className="d-fields">
          <TextField label="Given name" autoComplete="off" maxLength={100} value={givenName} onChange={setGivenName} />
          <TextField label="Family name" autoComplete="off" maxLength={100} value={familyName} onChange={setFamilyName} />
          <DateField label="Birth date" min="1900-01-01" max={today} value={birthDate} onChange={setBirthDate} />
          <TextField label="E-mail" type="email" autoComplete="off" maxLength={254} value={email} onChange={setEmail} />
          <TextField label="Phone" type="tel" autoComplete="off" optional maxLength={40} value={phone} onChange={setPhone} />
        </div>
        <p>{chosen ? <>They chose <strong>{chosen.name}</strong>, {dayAndTime(chosen.slot.startsAt, chosen.slot.zone)}{chosen.slot.online ? ', online' : chosen.slot.room ? `, in ${chosen.slot.room.name}` : ''}.</> : <span className="soft">No therapist and time chosen yet.</span>}</p>
        <Button type="submit" kind="primary" pending={pending} disabled={!me || !chosen}>Open the chart and book this visit</Button>
      </Stack>
    </form>
  )
}

/** The last word is taken for the family name, and what stands in brackets for none of it. */
function nameParts(name: string): readonly [given: string, family: string] {
  const words = name.replace(/\(.*\)/, '').trim().split(/\s+/)
  return words.length < 2 ? [words[0] ?? '', ''] : [words.slice(0, -1).join(' '), words.at(-1) ?? '']
}
