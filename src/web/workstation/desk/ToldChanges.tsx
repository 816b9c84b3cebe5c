import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isNoticed } from '../../../core/scheduling/told-changes.ts'
import type { ToldChangeRow } from '../../../core/contract/running.ts'
import { Button, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock, useNow } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { ago, dayAndTime } from '../times.ts'
import { Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

const OPEN: readonly ToldChangeRow['state'][] = ['waiting', 'declined', 'lost', 'lapsed']

/** Times that the patient is asked about, and those that a person has to settle: each with its one way on. */
export function ToldChanges({ chart, zone, onChanged }: { readonly chart: string; readonly zone: string; readonly onChanged: (words: string) => void }) {
  const query = useQuery({ queryKey: ['changes', chart], queryFn: () => call('changes', { params: { chart } }), refetchInterval: 30_000 })
  const open = query.data?.changes.filter(({ state }) => OPEN.includes(state)) ?? []
  if (open.length === 0) return null
  return (
    <Section id="changes" title="Other times, not settled">
      <Stack>{open.map((one) => <Change key={one.told} chart={chart} one={one} zone={zone} onChanged={onChanged} />)}</Stack>
    </Section>
  )
}

function Change({ chart, one, zone, onChanged }: { readonly chart: string; readonly one: ToldChangeRow; readonly zone: string; readonly onChanged: (words: string) => void }) {
  const now = useNow(60_000)
  const waiting = one.state === 'waiting'
  return (
    <Notice level={waiting ? undefined : 'caution'} what={says(one)} kept={`Asked or told ${ago(one.at, now)}.${waiting && one.until ? ` Held until ${dayAndTime(one.until, zone)}; the old times stand.` : one.answeredAt ? ` Answered ${ago(one.answeredAt, now)}.` : ''} ${fared(one)}`.trim()}>
      <Stack air="tight">
        <ul className="d-reasons">{one.changes.filter((change) => isNoticed({ ...change, why: '' })).map(({ from, to }) => <li key={from.visit}><strong>{visitTitle(from)}</strong>: {visitWhen(from)}{to && <> <span className="heard">or</span> <span aria-hidden="true">→</span> {visitWhen(to)}</>}</li>)}</ul>
        <SettleChange chart={chart} told={one.told} how={waiting ? 'taken-back' : 'settled'} onDone={onChanged} />
      </Stack>
    </Notice>
  )
}

/** What is held is given back, or somebody says that they have seen to it: gone from everybody's list then. */
export function SettleChange({ chart, told, how, onDone }: { readonly chart: string; readonly told: string; readonly how: 'taken-back' | 'settled'; readonly onDone: (words: string) => void }) {
  const queries = useQueryClient()
  const { pending, refusal, actAs } = useAct()
  const again = () => Promise.all([['changes', chart], ['calendar'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  const settle = () => {
    void actAs((me) => call('settleChange', { params: { chart, told }, body: { id: newId(clock.ms()), device: me.device, how } }), () => void again())
      .then(async (done) => { if (done) { await again(); onDone(how === 'taken-back' ? 'Taken back. The old times stand, and the link that was sent has ended. Tell the patient if they have seen it.' : 'Settled. It is gone from the lists.') } })
  }
  return <><Refused refusal={refusal} /><div className="k-buttons"><Button pending={pending} onClick={settle}>{how === 'taken-back' ? 'Take it back' : 'This is settled'}</Button></div></>
}

function says({ state, way }: ToldChangeRow): string {
  if (state === 'waiting') return 'The patient is asked, and has not answered yet.'
  if (state === 'lost') return 'They said yes, and a place was taken meanwhile. The old times stand, and they know it.'
  if (state === 'lapsed') return 'They were asked and have not answered. The old times stand; nothing is held any more.'
  return way === 'asked' ? 'The new times do not suit them. The old times stand.' : 'It was moved, and the new times do not suit them. The new times stand.'
}

/** How the message itself fared, where somebody has to know. */
function fared({ message }: ToldChangeRow): string {
  if (message === null) return 'The message goes out in a moment, or when the quiet hours end.'
  return { sent: '', 'not-needed': '', failed: 'The message has not gone out; call them.', unreachable: 'They cannot be reached in the way they chose; call them.', 'not-wanted': 'They want no messages; call them.' }[message]
}
