import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, CodeField, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Refused } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'

/** Signed by the medical director with a one-time code. The sample practice has no telephones, so it can show its code. */
export function Adopt({ protocol, name, again, sample }: { readonly protocol: string; readonly name: string; readonly again: boolean; readonly sample: boolean }) {
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const { pending, refusal, act } = useAct()
  const adopt = (event: FormEvent) => {
    event.preventDefault()
    void act(() => call('adoptProtocol', { body: { protocol, code } })).then(async (done) => {
      setCode('')
      if (done) await queries.invalidateQueries({ queryKey: ['rulebook'] })
    })
  }
  return (
    <form onSubmit={adopt} aria-label={`Adopt ${name}`}>
      <Stack>
        <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
        <Refused refusal={refusal} />
        <div className="k-buttons">
          <Button type="submit" kind="primary" pending={pending} disabled={code.length < 6}>{again ? 'Adopt the present edition' : 'Adopt this course'}</Button>
          {sample && <Button onClick={() => void act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
        </div>
      </Stack>
    </form>
  )
}
