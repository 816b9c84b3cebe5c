import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { videoAddressProblem } from '../../../core/online/video-address.ts'
import { Button, Stack, StatusLine, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Refused } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'

interface VideoAddressProps {
  /** Whose it is; the practice's own where it is nobody's. */
  readonly person: string | null
  readonly label: string
  readonly hint: string
}

/** A standing address for visits online. It is kept by itself: the form around it may be left without it. */
export function VideoAddress({ person, label, hint }: VideoAddressProps) {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['video addresses'], queryFn: () => call('videoAddresses') })
  const stands = (person === null ? data?.practice : data?.people.find((one) => one.person === person)?.address) ?? ''
  const keep = async (address: string) => {
    await call('keepVideoAddress', { body: { person, address } })
    await queries.invalidateQueries({ queryKey: ['video addresses'] })
  }
  return data ? <AddressField key={stands} stands={stands} label={label} hint={hint} keep={keep} /> : <p className="soft" role="status">Reading the video address …</p>
}

interface AddressFieldProps {
  readonly stands: string
  readonly label: string
  readonly hint: string
  readonly keep: (address: string) => Promise<void>
}

/** The address as it stands, changed or taken away by one press. Nobody is told; whoever looks next sees the newest. */
export function AddressField({ stands, label, hint, keep }: AddressFieldProps) {
  const [typed, setTyped] = useState(stands)
  const [kept, setKept] = useState(false)
  const [asked, setAsked] = useState(false)
  const { pending, refusal, act } = useAct()
  const problem = videoAddressProblem(typed)
  const press = () => {
    setAsked(true)
    if (problem === undefined) void act(() => keep(typed.trim()).then(() => true)).then((done) => setKept(done === true))
  }
  return (
    <Stack air="tight">
      <TextField label={label} hint={`${hint} It begins with https://. It is shown to whoever is on the visit, and stands in no calendar and no message.`} optional type="url" inputMode="url" autoComplete="off" maxLength={520} value={typed} problem={asked ? problem : undefined} onChange={(next) => { setKept(false); setTyped(next) }} />
      <Refused refusal={refusal} />
      <div className="k-buttons"><Button pending={pending} disabled={typed.trim() === stands} onClick={press}>{typed.trim() === '' && stands !== '' ? 'Take this address away' : 'Keep this address'}</Button><StatusLine>{kept ? 'Kept. The newest is shown from now on.' : ''}</StatusLine></div>
    </Stack>
  )
}
