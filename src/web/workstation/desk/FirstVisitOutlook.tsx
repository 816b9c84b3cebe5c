import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { givesSay, outlookSays } from '../../../core/scheduling/first-visit-words.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import type { Day } from '../../../core/shared/time.ts'
import { Badge, Button, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useMe } from '../me.ts'
import { clockTime, shortDay } from '../times.ts'
import { Loaded } from './parts.tsx'

/** A day without a clock is the same day everywhere. */
const shown = (day: Day) => shortDay(`${day}T12:00:00.000Z`, 'UTC')

export const isAlarm = (outlook: InquiryRow['outlook']): outlook is NonNullable<InquiryRow['outlook']> & { state: 'late' | 'none' | 'over' } => outlook?.state === 'late' || outlook?.state === 'none' || outlook?.state === 'over'

/** Beside the clock of the promise: whether it can still be kept. What nobody has looked up is said to be not known. */
export function OutlookLine({ outlook }: Pick<InquiryRow, 'outlook'>) {
  if (outlook === null) return null
  if (!outlook || outlook.state === 'unknown') return <span className="soft">Whether a time is free by then is not known right now.</span>
  const { state, on } = outlook
  if (state === 'in-time' && on) return <span className="soft">A time that fits is free on {shown(on)}.</span>
  const earliest = on ? `the earliest is ${shown(on)}` : 'nothing that fits is free'
  return state === 'over' ? <span>{earliest.charAt(0).toUpperCase() + earliest.slice(1)}.</span> : <Badge level="call">{`Cannot be kept: ${earliest}`}</Badge>
}

/** The alarm on the inquiry's own page: what stands, what would have to give, and the planner's reasons for whoever asks. */
export function OutlookNotice({ inquiry }: { readonly inquiry: InquiryRow }) {
  const zone = useMe()?.practice.zone ?? 'UTC'
  const { outlook } = inquiry
  if (!isAlarm(outlook)) return null
  const gives = givesSay(outlook.gives, shown)
  return (
    <Notice level="call" what={outlookSays({ state: outlook.state, on: outlook.on }, localDay(inquiry.firstVisitDueBy, zone), shown)} kept={outlook.lookedAt ? `As the calendars stood at ${clockTime(outlook.lookedAt, zone)}.` : undefined}>
      <Stack air="tight">
        {gives.length > 0 && <><p>Sooner, where one of these gives:</p><ul className="d-reasons">{gives.map((says) => <li key={says}>{says}</li>)}</ul></>}
        {outlook.state !== 'over' && <WhyNot inquiry={inquiry.id} />}
      </Stack>
    </Notice>
  )
}

/** Worked out day by day, so only for whoever wants to know. */
function WhyNot({ inquiry }: { readonly inquiry: string }) {
  const [asked, setAsked] = useState(false)
  const query = useQuery({ queryKey: ['why-not-in-time', inquiry], queryFn: () => call('whyNotInTime', { params: { id: inquiry } }), enabled: asked })
  if (!asked) return <p><Button kind="quiet" onClick={() => setAsked(true)}>Why, day by day</Button></p>
  return (
    <Loaded query={query} what="the calendars">
      {({ reasons }) => reasons.length === 0
        ? <p>Something is free by then now. It shows here within minutes.</p>
        : <ul className="d-reasons">{reasons.map((says) => <li key={says}>{says}</li>)}</ul>}
    </Loaded>
  )
}
