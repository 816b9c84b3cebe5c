import { useState } from 'react'
import { Stack, TextField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { useAct } from '../../desk/use-act.ts'
import { FormTitle } from '../FormTitle.tsx'
import { KeepBar } from '../KeepBar.tsx'
import type { LedgerNow } from './words.ts'

export interface PartProps {
  readonly ledger: LedgerNow
  readonly zone: string
  readonly onLeave: () => void
  readonly onKept: (said: string) => Promise<void>
}

/** A registered place: the first one begins the ledger. What is there already is received next, as counted. */
export function Begin({ ledger, onLeave, onKept }: PartProps) {
  const first = ledger.begun === null
  const [id] = useState(() => newId(clock.ms()))
  const [name, setName] = useState('')
  const [registration, setRegistration] = useState('')
  const { pending, refusal, act } = useAct()
  const keep = async () => {
    const done = await act(() => call('openPlace', { body: { id, name: name.trim(), registration: registration.trim() } }))
    if (done) await onKept(first ? 'The ledger has begun. Enter what is in the cupboard now: choose “Receive medicine” and “Counted at the beginning”.' : 'The place is in the ledger. Its stock is kept apart from every other.')
  }
  return (
    <form className="p-form k-card" aria-label={first ? 'Begin the ledger' : 'Another registered place'} onSubmit={(event) => { event.preventDefault(); void keep() }}>
      <Stack>
        <FormTitle>{first ? 'Begin the ledger' : 'Another registered place'}</FormTitle>
        <div className="d-fields">
          <TextField label="Place" hint="As people here call it, such as “Cupboard, Harbor Street”" maxLength={120} value={name} onChange={setName} />
          <TextField label="Registration number" optional maxLength={40} hint="The DEA registration of this place" value={registration} onChange={setRegistration} />
        </div>
        <KeepBar refusal={refusal} pending={pending} kept={false} {...(first ? {} : { onLeave })}>{first ? 'Begin the ledger' : 'Add the place'}</KeepBar>
      </Stack>
    </form>
  )
}
