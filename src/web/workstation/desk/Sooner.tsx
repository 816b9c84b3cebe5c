import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { localDay, plusDaysOf } from '../../../core/shared/local-day.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, Checkbox, Notice, NumberField, Stack, WhenFields, whenProblems, type When } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock, useNow } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { ago, dayAndTime, plainDay } from '../times.ts'
import { Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

type Sooner = Response<'sooner'>
type Wish = Sooner['wishes'][number]

export const useSooner = (chart: string) => useQuery({ queryKey: ['sooner', chart], queryFn: () => call('sooner', { params: { chart } }), refetchInterval: 60_000 })

/** Visits they would come sooner to, and a time they are being offered: said by them, or written down for them. */
export function WouldComeSooner({ chart, sooner, visits, zone, onChanged }: { readonly chart: string; readonly sooner: Sooner | undefined; readonly visits: readonly BookedVisit[]; readonly zone: string; readonly onChanged: (words: string) => void }) {
  const now = useNow(60_000)
  if (!sooner || sooner.wishes.length + sooner.offers.length === 0) return null
  return (
    <Section id="sooner" title="Would come sooner">
      <Stack air="tight">
        {sooner.offers.map((offer) => <Offered key={offer.offer} chart={chart} offer={offer} zone={zone} onChanged={onChanged} />)}
        <ul className="d-reasons">
          {sooner.wishes.map(({ visit, since, wish }) => {
            const one = visits.find((each) => each.visit === visit)
            return one && <li key={visit}><strong>{visitTitle(one)}</strong>, from {plainDay(wish.from)} to {plainDay(wish.to)}, with {wish.noticeHours} hours’ notice. Said so {ago(since, now)}.</li>
          })}
        </ul>
      </Stack>
    </Section>
  )
}

/** Whoever calls instead of pressing the link is written down here. */
function Offered({ chart, offer: { offer, until, held, changes }, zone, onChanged }: { readonly chart: string; readonly offer: Sooner['offers'][number]; readonly zone: string; readonly onChanged: (words: string) => void }) {
  const { pending, refusal, actAs } = useAct()
  const [id] = useState(() => newId(clock.ms()))
  const say = (answer: 'yes' | 'no') => {
    void actAs((me) => call('answerOffer', { params: { chart, offer }, body: { id, device: me.device, answer } })).then((done) => done && onChanged(done.state === 'lost' ? 'Somebody else was quicker. The old time stands.' : answer === 'yes' ? 'The visit was moved to the sooner time.' : 'Written down: the sooner time does not suit. The old time stands.'))
  }
  return (
    <Notice what={`They are offered a sooner time, until ${dayAndTime(until, zone)}.`} kept={held ? 'It is held for them; the old time stands until they say yes.' : 'Others are asked as well, and the first yes has it. The old time stands until then.'}>
      <div className="d-answer">
        <ul className="d-reasons">{changes.map(({ from, to }) => <li key={from.visit}><strong>{visitTitle(from)}</strong>: {visitWhen(from)} <span className="heard">or</span> <span aria-hidden="true">→</span> {visitWhen(to)}</li>)}</ul>
        <Refused refusal={refusal} />
        <div className="k-buttons"><Button pending={pending} onClick={() => say('yes')}>They say yes</Button><Button pending={pending} onClick={() => say('no')}>They say no</Button></div>
      </div>
    </Notice>
  )
}

const whenOf = (before: Wish['wish'] | undefined, tomorrow: string, last: string): When => ({ from: before && before.from > tomorrow ? before.from : tomorrow, to: before?.to ?? last, weekdays: before?.weekdays.map(String) ?? [], after: before?.after ?? null, before: before?.before ?? null })

interface SoonerProps {
  readonly chart: string
  readonly visit: BookedVisit
  readonly before: Wish | undefined
  readonly zone: string
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}

/** What somebody said on the telephone about coming sooner; their visit stays where it is. */
export function SoonerDialog({ chart, visit, before, zone, onClose, onDone }: SoonerProps) {
  const { pending, refusal, actAs } = useAct()
  const [tomorrow, last] = [plusDaysOf(localDay(clock.now(), zone), 1), visit.localStart.slice(0, 10)]
  const [draft, setDraft] = useState(whenOf(before?.wish, tomorrow, last))
  const [notice, setNotice] = useState<number | null>(before?.wish.noticeHours ?? null)
  const [otherWay, setOtherWay] = useState(before?.wish.otherWay ?? false)
  const { from, to, after, before: until } = draft
  const whole = from && to && notice !== null && Object.keys(whenProblems(draft)).length === 0
  const params = { chart, visit: visit.visit }
  const keep = () => {
    if (!whole) return
    const wish = { from, to, weekdays: draft.weekdays.map(Number), otherWay, noticeHours: notice, ...(after ? { after } : {}), ...(until ? { before: until } : {}) }
    void actAs((me) => call('wishSooner', { params, body: { id: newId(clock.ms()), device: me.device, wish } })).then((done) => done && onDone(`${visitTitle(visit)}: they are on the list for a sooner time.`))
  }
  const withdraw = () => {
    void actAs((me) => call('withdrawSooner', { params, body: { id: newId(clock.ms()), device: me.device } })).then((done) => done && onDone(`${visitTitle(visit)}: they are off the list.`))
  }
  return (
    <Dialog open title={`${visitTitle(visit)}: would they come sooner?`} onClose={onClose}
      end={<><Button onClick={onClose}>Close</Button>{before && <Button pending={pending} onClick={withdraw}>Take them off the list</Button>}<Button kind="primary" pending={pending} disabled={!whole} onClick={keep}>{before ? 'Change it' : 'Put them on the list'}</Button></>}>
      <Stack>
        <p>{visitWhen(visit)}, and it stays there. When a time comes free that fits, they are among those who can be asked.</p>
        <WhenFields value={draft} onChange={setDraft} min={tomorrow} max={last} />
        <NumberField label="Notice they need" unit="hours" min={0} max={336} value={notice} onChange={setNotice} />
        {!isDosing(visit) && <Checkbox label={visit.online ? 'At the practice would do as well' : 'Online would do as well'} checked={otherWay} onChange={setOtherWay} />}
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}
