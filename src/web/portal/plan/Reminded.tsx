import { useState } from 'react'
import { Notice, RadioTiles, Stack } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { usePatient } from '../patient.tsx'
import { saidOf } from '../Trouble.tsx'

const ways = [{ value: 'mail', label: 'By e-mail' }, { value: 'text', label: 'By text message' }, { value: 'none', label: 'Not at all' }] as const

/** How she is reminded. Without the server nothing can be chosen, and what was chosen stands. */
export function Reminded() {
  const { used: { head } } = usePatient()
  const chart = head?.chart
  return chart ? <Choice chart={chart} /> : null
}

function Choice({ chart }: { readonly chart: string }) {
  const { value, again } = useAsked(`reminders ${chart}`, () => call('reminded', { params: { chart } }))
  const [problem, setProblem] = useState('')
  if (!value?.on) return null
  const keep = (by: 'mail' | 'text' | 'none') => { setProblem(''); void call('keepReminded', { params: { chart }, body: { by } }).then(again, (reason: unknown) => setProblem(saidOf(reason))) }
  return (
    <section className="k-no-print" aria-labelledby="reminded">
      <Stack>
        <h2 id="reminded">Reminders</h2>
        <RadioTiles label="How may we remind you of visits?" hint="A reminder says when, and never what it is about." choices={ways} value={value.by} onChange={keep} tile="10rem" />
        {value.by === null && <p className="soft small">You have not chosen. Until you do, we write to you by e-mail.</p>}
        {value.by === 'text' && !value.text && <p className="soft small">We have no telephone number of yours yet. Until we do, somebody calls or writes to you in person.</p>}
        {value.by === 'none' && <p className="soft small">Then we call where something has to be known before a session.</p>}
        {problem && <Notice urgent level="caution" what={problem} kept="What you chose before still holds." />}
      </Stack>
    </section>
  )
}
