import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LateFeeRow } from '../../../core/contract/running.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { showMoney } from '../../../core/shared/units.ts'
import { Button, Disclosure, Notice, Stack, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { useMe } from '../me.ts'
import { dayAndTime, plainDay } from '../times.ts'
import { reasonWords } from './CancelDialog.tsx'
import { Loaded, Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle } from './visits.ts'

/** What the practice's own rule proposes after a late cancellation. Nothing is charged until somebody taps it. */
export function LateFees({ chart }: { readonly chart: string }) {
  const zone = useMe()?.practice.zone ?? 'UTC'
  const query = useQuery({ queryKey: ['late-fees', chart], queryFn: () => call('lateFees', { params: { chart } }) })
  return (
    <Loaded query={query} what="late cancellations">
      {({ open, decided }) => open.length + decided.length === 0 ? null : (
        <Section id="late-fees" title="Late cancellations">
          <Stack>{open.map((fee) => <Decide key={fee.told} chart={chart} fee={fee} again={() => void query.refetch()} />)}</Stack>
          {decided.length > 0 && (
            <Disclosure summary={decided.length === 1 ? 'One decided' : `${decided.length} decided`}>
              <ul className="d-papers">{decided.map((fee) => <li key={fee.told}>{visitTitle(fee)}: {fee.decision === 'charged' ? `${showMoney(fee.amountCents ?? 0)} charged` : `waived. ${fee.why}`} <span className="soft">{plainDay(localDay(fee.at, zone))}</span></li>)}</ul>
            </Disclosure>
          )}
        </Section>
      )}
    </Loaded>
  )
}

function Decide({ chart, fee, again }: { readonly chart: string; readonly fee: LateFeeRow; readonly again: () => void }) {
  const me = useMe()
  const zone = me?.practice.zone
  const [waiving, setWaiving] = useState(false)
  const [why, setWhy] = useState('')
  const { pending, refusal, act } = useAct()
  const { amountCents } = fee
  const send = (body: { decision: 'charged'; amountCents: number } | { decision: 'waived'; why: string }) => {
    if (me) void act(() => call('decideLateFee', { params: { chart, told: fee.told }, body: { id: newId(clock.ms()), device: me.device, ...body } }), again).then((done) => done && again())
  }
  const what = fee.outcome === 'no-show' ? `Nobody came to ${visitTitle(fee)} on ${dayAndTime(fee.startsAt, zone)}.` : `${visitTitle(fee)} on ${dayAndTime(fee.startsAt, zone)} was cancelled by the patient, known ${dayAndTime(fee.knownAt, zone)}.`
  return (
    <Notice what={what} kept={`${fee.outcome === 'no-show' ? '' : `${reasonWords[fee.reason]}. `}${fee.words}`} next={fee.says || `Your rule proposes ${showMoney(amountCents ?? 0)}. Nothing has been charged.`}>
      <div className="d-answer">
        <Refused refusal={refusal} />
        {waiving
          ? <><TextArea label="Why it is waived" rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} /><div className="k-buttons"><Button kind="primary" pending={pending} disabled={why.trim().length < 3} onClick={() => send({ decision: 'waived', why: why.trim() })}>Waive it</Button><Button onClick={() => setWaiving(false)}>Back</Button></div></>
          : <div className="k-buttons">{amountCents !== null && <Button pending={pending} onClick={() => send({ decision: 'charged', amountCents })}>Charge {showMoney(amountCents)}</Button>}<Button onClick={() => setWaiving(true)}>Waive …</Button></div>}
      </div>
    </Notice>
  )
}
