import { useRef, useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { isDosing, isOfCourse } from '../../../core/course/dosing-visit.ts'
import { ownReasons } from '../../../core/money/late-fee.ts'
import { seriesOfVisit } from '../../../core/scheduling/series-on-chart.ts'
import { showMoney } from '../../../core/shared/units.ts'
import { Button, ButtonLink, Notice, RadioTiles, Stack, TextArea } from '../../kit/index.ts'
import { call, clock } from '../../sync/index.ts'
import { newId } from '../../sync/new-id.ts'
import { useAsked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { when } from '../times.ts'
import { CouldNotAsk, Waiting, WaitingPage, saidOf } from '../Trouble.tsx'
import { visitName, visitsOf } from '../visits.ts'

type Reason = (typeof ownReasons)[number]
const reasons: readonly { readonly value: Reason; readonly label: string }[] = [{ value: 'patient-ill', label: 'I am ill' }, { value: 'no-ride', label: 'I have no ride' }, { value: 'weather', label: 'The weather' }, { value: 'other', label: 'Something else' }]

/** A visit of hers that will not take place: what it may cost is said before, and never decided by this page. */
export function CancelVisit({ id }: ScreenProps) {
  const { chartId, used, course, now, zone } = usePatient()
  const [gone, setGone] = useState<{ readonly visit: BookedVisit; readonly count: number }>()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  const fee = useAsked(`own fee ${id}`, () => call('ownFee', { params: { chart: chartId, visit: id } }))
  if (gone) return <Cancelled {...gone} />
  if (!visit && !used.ready) return <Frame title="Cancel a visit"><WaitingPage /></Frame>
  if (!visit || visit.startsAt <= now) return <Frame title="Cancel a visit"><h1>There is no such visit to cancel</h1><p>It may be over, moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  return (
    <Frame title="Cancel a visit">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Cancel {visitName(visit).toLowerCase()}?</h1>
          <p>It is {when(visit.startsAt, now, zone)}. {visit.group ? 'It is a visit of your group. You cancel for yourself alone; the visit goes on without you.' : <>Would another time do? <a href={`/my/move/${id}`}>Move it instead</a></>}</p>
        </div>
        {fee.failure !== undefined && !fee.value && <CouldNotAsk failure={fee.failure} again={fee.again} kept="Your visit stands. Whether cancelling costs something could not be asked." />}
        {!fee.value && fee.failure === undefined && <Waiting />}
        {fee.value && <MayCost {...fee.value} />}
        {fee.value && <Form visit={visit} onGone={(count) => { course.again(); setGone({ visit, count }) }} />}
      </Stack>
    </Frame>
  )
}

function MayCost({ applies, amountCents, freeUntil }: { readonly applies: boolean; readonly amountCents: number | null; readonly freeUntil: string | null }) {
  const { now, zone } = usePatient()
  if (applies) return <Notice level="caution" what={`The practice’s fee for late cancellations${amountCents === null ? '' : ` of ${showMoney(amountCents)}`} may apply.`} kept="Nothing is charged by this page. Somebody at the practice reads why you cancel, and decides." next={amountCents === null ? 'How much it would be is not known here; ask the practice.' : undefined} />
  return <p>{freeUntil === null ? 'The practice has set no fee for this.' : `No fee applies. Cancelling is free until ${when(freeUntil, now, zone)}.`}</p>
}

function Form({ visit, onGone }: { readonly visit: BookedVisit; readonly onGone: (count: number) => void }) {
  const { me, chartId, used, now } = usePatient()
  const found = visit.type === 'therapy' ? seriesOfVisit(used.chart, visit.visit, now) : undefined
  const following = found?.following.length ?? 1
  const [scope, setScope] = useState<'this' | 'following'>('this')
  const [reason, setReason] = useState<Reason | null>(null)
  const [words, setWords] = useState('')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  // Sent again after its answer was lost, it is the same act.
  const act = useRef(newId(clock.ms()))
  async function cancel() {
    if (!reason) return setProblem('Please say why first. One tap is enough.')
    setPending(true)
    setProblem('')
    try {
      const said = { id: act.current, device: me.device, reason, words: words.trim() }
      if (found && scope === 'following') await call('ownStopTherapy', { params: { chart: chartId, series: found.series.series }, body: { ...said, from: { visit: visit.visit, scope } } })
      else await call('ownCancel', { params: { chart: chartId, visit: visit.visit }, body: said })
      onGone(scope === 'following' ? following : 1)
    } catch (failure) {
      setPending(false)
      setProblem(saidOf(failure))
    }
  }
  return (
    <Stack>
      {following > 1 && <RadioTiles label="Which visits" choices={[{ value: 'this', label: 'Only this one' }, { value: 'following', label: 'This one and all that follow', hint: `${following} visits` }]} value={scope} onChange={(next) => { setScope(next); act.current = newId(clock.ms()) }} />}
      <RadioTiles label="Why" choices={reasons} value={reason} onChange={(next) => { setReason(next); setProblem('') }} />
      <TextArea label="In your own words" optional rows={2} maxLength={1000} value={words} onChange={setWords} />
      {problem && <Notice urgent level="caution" what={problem} />}
      <Button kind="danger" size="room" wide pending={pending} onClick={() => void cancel()}>{scope === 'following' ? `Cancel these ${following} visits` : 'Cancel this visit'}</Button>
      <ButtonLink size="room" wide href="/my/plan">Keep it</ButtonLink>
    </Stack>
  )
}

function Cancelled({ visit, count }: { readonly visit: BookedVisit; readonly count: number }) {
  const { zone, now } = usePatient()
  return (
    <Frame title="Cancel a visit">
      <Stack air="wide">
        <h1>{count > 1 ? 'They are cancelled' : 'It is cancelled'}</h1>
        <Notice what={count > 1 ? `${count} visits will not take place, the first ${when(visit.startsAt, now, zone)}.` : `${visitName(visit)} ${when(visit.startsAt, now, zone)} will not take place.`} kept="Everybody who comes has been told. Your other visits stay as they are." next={!isOfCourse(visit) ? 'If you would like therapy at another hour, write to the practice.' : isDosing(visit) || visit.type === 'integration' ? 'The practice plans what is missing with you, since your course counts on it.' : 'The practice plans what is missing with you.'} />
        <ButtonLink kind="primary" size="room" wide href="/my/plan">To my plan</ButtonLink>
      </Stack>
    </Frame>
  )
}
