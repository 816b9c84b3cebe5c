import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Disclosure, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'
import { dayAndTime } from '../times.ts'
import { BookDialog } from './BookDialog.tsx'
import { bookingRefusal } from './booking-refusal.ts'
import { Refused, Section, Told } from './parts.tsx'
import { useAct, type Refusal } from './use-act.ts'
import { VisitList } from './VisitList.tsx'

type Hold = NonNullable<Response<'held'>['hold']>

/** What is held for a chart. After its end nothing is shown: nothing is held then. */
export function useHeld(chart: string) {
  const query = useQuery({ queryKey: ['held', chart], queryFn: () => call('held', { params: { chart } }) })
  const now = useNow(20_000)
  const hold = query.data?.hold
  return hold && hold.until > now ? hold : undefined
}

interface HeldProps {
  readonly head: ChartHead
  readonly hold: Hold
  readonly zone: string
  /** Whether it was held a moment ago, here: then it is told at once. */
  readonly told: boolean
  readonly onBooked: (count: number) => Promise<void>
}

/** A plan that is held and not booked: until when, by whom, and the two ways on. */
export function HeldPlan({ head, hold, zone, told, onBooked }: HeldProps) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [why, setWhy] = useState('')
  const [refused, setRefused] = useState<Refusal>()
  const booking = useAct()
  const letting = useAct()
  const again = () => Promise.all([['held', head.chart], ['calendar']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  const book = async () => {
    const done = await booking.actAs((me) => sendAct([me.person, head.chart, 'book', hold.visits, why], (id) => call('book', { params: { chart: head.chart }, body: { id, device: me.device, visits: hold.visits, why } })), (refusal) => { setRefused(bookingRefusal(refusal, hold.visits)); setAsking(false); void again() })
    if (!done) return
    await again()
    await onBooked(done.booked)
  }
  const count = hold.visits.length === 1 ? 'One visit is' : `${hold.visits.length} visits are`
  return (
    <Section id="held" title="Held, not booked">
      <ToldIf told={told}>
        <Notice what={`${count} held for ${head.name} until ${dayAndTime(hold.until, zone)}.`} kept={`${hold.by} holds them. Nobody else can take these times before then.`} next="Book them, or let them go. After that moment they are free for others by themselves.">
          <Stack air="tight">
            <div className="k-buttons">
              <Button kind="primary" onClick={() => setAsking(true)}>Book what is held</Button>
              <Button pending={letting.pending} onClick={() => void letting.act(() => call('letGo', { params: { chart: head.chart } })).then((done) => done && again())}>Let it go</Button>
            </div>
            <Disclosure summary={hold.visits.length === 1 ? 'The visit' : `All ${hold.visits.length} visits`}><VisitList visits={hold.visits} label="Visits that are held" /></Disclosure>
          </Stack>
        </Notice>
      </ToldIf>
      <Refused refusal={booking.refusal && refused} />
      <Refused refusal={letting.refusal} />
      {asking && <BookDialog proposal={{ id: 'held', visits: hold.visits }} name={head.name} pending={booking.pending} why={why} onWhy={setWhy} onBook={() => void book()} onClose={() => setAsking(false)} />}
    </Section>
  )
}

const ToldIf = ({ told, children }: { readonly told: boolean; readonly children: ReactNode }) => (told ? <Told>{children}</Told> : children)
