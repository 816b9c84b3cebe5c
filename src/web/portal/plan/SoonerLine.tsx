import { useRef, useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { openWishes, waitingOffer } from '../../../core/scheduling/sooner.ts'
import { Button, Notice } from '../../kit/index.ts'
import { call, clock } from '../../sync/index.ts'
import { Refused } from '../../sync/client.ts'
import { newId } from '../../sync/new-id.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime, plainDay } from '../times.ts'
import { saidOf } from '../Trouble.tsx'
import { visitName } from '../visits.ts'

/** That she is on the list for a sooner time of this visit. */
export function SoonerLine({ visit }: { readonly visit: BookedVisit }) {
  const { used, zone, now } = usePatient()
  const wish = openWishes(used.chart, now, zone).find((one) => one.visit.visit === visit.visit)?.wished.body
  return wish ? <p className="soft">You would come sooner, from {plainDay(wish.from)} to {plainDay(wish.to)}. When a time comes free that fits, we ask whether it suits you.</p> : null
}

/** A time that came free and is offered to her: old beside new, until when, yes or no. */
export function OfferedTime() {
  const { used, me, chartId, course, zone, now } = usePatient()
  const [said, setSaid] = useState<'yes' | 'no' | 'lost'>()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  const act = useRef(newId(clock.ms()))
  const offer = waitingOffer(used.chart, now)?.offer
  if (said) return <Notice what={{ yes: 'Your visit is moved. Everybody who comes has been told.', no: 'Your visit stays where it was.', lost: 'Somebody else who waits was a little quicker. Your visit stays where it was.' }[said]} kept={said === 'yes' ? undefined : 'You stay on the list for a sooner time.'} />
  if (!offer) return null
  const { changes, until, held } = offer.body
  const answer = async (word: 'yes' | 'no') => {
    setPending(true)
    setProblem('')
    try {
      const { state } = await call('answerOffer', { params: { chart: chartId, offer: offer.id }, body: { id: act.current, device: me.device, answer: word } })
      setSaid(state === 'lost' ? 'lost' : word)
      course.again()
    } catch (failure) {
      setPending(false)
      setProblem(failure instanceof Refused && failure.code === 'offer.ended' ? 'This offer has ended. Your visit stays where it is.' : saidOf(failure))
    }
  }
  return (
    <section className="k-stack" aria-labelledby="offered">
      <h2 id="offered">A sooner time has come free</h2>
      <ul className="k-stack k-stack--tight">{changes.map(({ from, to }) => <li key={from.visit}><strong>{visitName(from)}: {dayAndTime(to.startsAt, zone)}</strong>{from.online === to.online ? '' : to.online ? ', online' : ', at the practice'}<br /><span className="soft">Now: {dayAndTime(from.startsAt, zone)}</span></li>)}</ul>
      <p>{held ? `We keep it for you until ${dayAndTime(until, zone)}.` : `Others who wait are asked as well, and the first yes has it. The offer ends on ${dayAndTime(until, zone)}.`} Without an answer nothing changes.</p>
      {problem && <Notice urgent level="caution" what={problem} />}
      <Button kind="primary" size="room" wide pending={pending} onClick={() => void answer('yes')}>{changes.length > 1 ? 'Yes, these times suit me' : 'Yes, this time suits me'}</Button>
      <Button size="room" wide pending={pending} onClick={() => void answer('no')}>{changes.length > 1 ? 'No, keep the old ones' : 'No, keep the old one'}</Button>
    </section>
  )
}
