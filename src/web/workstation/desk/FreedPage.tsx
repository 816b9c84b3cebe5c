import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import type { PutAwayRow } from '../../../core/contract/fill.ts'
import { orderSays } from '../../../core/scheduling/fill.ts'
import { Button, Disclosure, EmptyState, Notice, Row, Rows, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { clockTime, shortDay } from '../times.ts'
import { FreedCard } from './FreedCard.tsx'
import { allFreedQuery, freedQuery } from './FreedLink.tsx'
import { OfferRounds } from './OfferRounds.tsx'
import { Loaded, Refused, Section, Told } from './parts.tsx'
import { useAct } from './use-act.ts'
import { zoneName } from './visits.ts'
import './desk.css'

/** Times that visits left when they were cancelled or moved, with the people who could have them, and who is being asked. */
export function FreedPage() {
  const me = useMe()
  return <Frame title="Time that came free">{me ? <FreedTimes zone={me.practice.zone} /> : <p className="soft" role="status">Reading the times …</p>}</Frame>
}

export function FreedTimes({ zone }: { readonly zone: string }) {
  const [ahead, setAhead] = useState(false)
  const query = useQuery<Response<'freedTimes'>>({ ...(ahead ? allFreedQuery : freedQuery), placeholderData: keepPreviousData })
  const [said, setSaid] = useState<string>()
  return (
    <Stack air="wide">
      <Stack air="tight">
        <h1>Time that came free</h1>
        <p className="soft">Visits that were cancelled or moved left these times. Times are the practice’s: {zoneName(zone)}.</p>
      </Stack>
      {said && <Told key={said}><Notice what={said} /></Told>}
      <Loaded query={query} what="the times">
        {({ freed, putAway, later, rounds, waiting, now }) => (
          <>
            <OfferRounds rounds={rounds} now={now} zone={zone} onSaid={setSaid} />
            <Section id="freed" title="Free now">
              <p className="soft">{waitingWords(waiting)}</p>
              {freed.length === 0
                ? <EmptyState what="No time has come free in the next weeks that is not used." begin="When a visit is cancelled or moved, its time appears here with the people who could have it." />
                : <Stack>{freed.map((one) => <FreedCard key={`${one.visit} ${one.startsAt}`} freed={one} zone={zone} now={now} onSaid={setSaid} />)}</Stack>}
              {later > 0 && <p><Button pending={ahead} onClick={() => setAhead(true)}>{later === 1 ? 'Show one more time, further ahead' : `Show ${later} more times, further ahead`}</Button></p>}
              {freed.length > 0 && <Disclosure summary="How the order is made"><p>{orderSays}</p><p>Whoever waits for a first visit is called; nobody is written to about it. See <Link to="/work/inquiries">Inquiries</Link>.</p></Disclosure>}
            </Section>
            {putAway.length > 0 && <NotOffered times={putAway} zone={zone} onSaid={setSaid} />}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

/** What the desk put away, with why, and the way back. */
function NotOffered({ times, zone, onSaid }: { readonly times: readonly PutAwayRow[]; readonly zone: string; readonly onSaid: (words: string) => void }) {
  const queries = useQueryClient()
  const { pending, refusal, act } = useAct()
  const back = ({ visit, startsAt }: PutAwayRow) => void act(() => call('bringBackFreed', { params: { visit }, body: { startsAt } })).then((done) => { if (done) { onSaid(`${shortDay(startsAt, zone)}, ${clockTime(startsAt, zone)} can be offered again.`); void queries.invalidateQueries({ queryKey: ['freed'] }) } })
  return (
    <Section id="not-offered" title="Not offered">
      <Refused refusal={refusal} />
      <Rows label="Times that nobody is offered">
        {times.map((one) => (
          <Row key={`${one.visit} ${one.startsAt}`} who={`${shortDay(one.startsAt, zone)}, ${clockTime(one.startsAt, zone)} to ${clockTime(one.endsAt, zone)}`} where={one.people[0]?.name ?? ''} missing={<span>{one.why || 'No reason was given.'} <span className="soft">{one.by}, {shortDay(one.at, zone)}</span></span>}
            since="" act={<Button kind="plain" pending={pending} onClick={() => back(one)} aria-label={`Offer again: ${shortDay(one.startsAt, zone)}, ${clockTime(one.startsAt, zone)}`}>Offer again</Button>} />
        ))}
      </Rows>
    </Section>
  )
}

function waitingWords({ sooner, first }: { readonly sooner: number; readonly first: number }): string {
  const words = [sooner > 0 && `${sooner === 1 ? 'One visit' : `${sooner} visits`} whose patient would come sooner`, first > 0 && `${first === 1 ? 'one person' : `${first} people`} waiting for a first visit`].filter(Boolean).join(', and ')
  return words ? `On the list: ${words}.` : 'Nobody is on the list. Patients say on their plan that they would come sooner, or you say it for them beside the visit.'
}
