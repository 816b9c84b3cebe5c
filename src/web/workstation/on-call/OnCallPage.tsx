import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OnCallRead } from '../../../core/contract/on-call.ts'
import { Notice, Row, Rows, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded, Section } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { dayAndTime, dayName } from '../times.ts'
import { KeepRota } from './KeepRota.tsx'
import '../desk/desk.css'
import '../practice/practice.css'

/** Who is called when an answer cannot wait: now, next, and when nobody is. All who work here read it; the desk keeps it. */
export function OnCallPage() {
  return (
    <Frame title="On call">
      <Stack air="wide">
        <h1>On call</h1>
        <p className="lead">When somebody answers a questionnaire with thoughts of death or of harming themselves, the person named here is called at once, at any hour.</p>
        <OnCall />
      </Stack>
    </Frame>
  )
}

export function OnCall() {
  const me = useMe()
  const query = useQuery({ queryKey: ['on-call'], queryFn: () => call('onCall'), refetchInterval: 60_000 })
  return (
    <Loaded query={query} what="the rota">
      {(read) => (
        <Stack air="wide">
          <Now read={read} zone={me?.practice.zone} />
          <Gaps read={read} zone={me?.practice.zone} />
          <WhoIsOff read={read} />
          {isOne(me, 'owner', 'coordinator') && <KeepRota key={read.version} read={read} onKept={async () => void (await query.refetch())} />}
        </Stack>
      )}
    </Loaded>
  )
}

const nameIn = ({ people }: Pick<OnCallRead, 'people'>, person: string | null) => people.find((one) => one.person === person)?.name ?? 'somebody who does not work here any more'
const pair = (read: Pick<OnCallRead, 'people'>, { first, second }: { readonly first: string | null; readonly second: string | null }) => `${nameIn(read, first)}${second ? `, then ${nameIn(read, second)}` : ''}`

export function Now({ read, zone }: { readonly read: OnCallRead; readonly zone: string | undefined }) {
  const { now, next, rota, answersFor, rows } = read
  const last = (rota.everyone.length > 0 ? rota.everyone : answersFor).map((person) => nameIn(read, person)).join(', ') || 'nobody'
  return (
    <Section id="on-call-now" title="Now and next">
      {now.first === null
        ? <Notice level="caution" what="Nobody is on call now." kept={`An answer that cannot wait is told to ${last} at once, and again every ${rows.againMin} minutes until somebody takes it over.`} {...(next ? { next: `Next: ${pair(read, next)}, from ${dayAndTime(next.from, zone)}.` } : { next: 'Nobody is on call after that either. Enter the hours below, or ask the coordinator to.' })} />
        : <p><strong>{nameIn(read, now.first)}</strong> is on call until {dayAndTime(now.to, zone)}{now.second && <>; the second is <strong>{nameIn(read, now.second)}</strong></>}.{next && ` Next: ${pair(read, next)}, from ${dayAndTime(next.from, zone)}.`}</p>}
      <p className="soft">Not taken over within {rows.takenWithinMin} minutes, the second is called as well; after that {last}. Each is called by mail and on every page of the workstation.</p>
    </Section>
  )
}

export function Gaps({ read: { gaps, now, next }, zone }: { readonly read: OnCallRead; readonly zone: string | undefined }) {
  const isAlways = gaps.length === 1 && now.first === null && (next === null || next.from > gaps[0]!.to)
  return (
    <Section id="on-call-gaps" title="When nobody is on call">
      {gaps.length === 0 || isAlways
        ? <p>{isAlways ? 'At no hour of the next two weeks is anybody on call. Patients who answer a form read that.' : 'Somebody is on call at every hour of the next two weeks.'}</p>
        : <><p>In the next two weeks. Patients who answer a form in these hours read that nobody is on call, and until when.</p>
          <Rows label="Hours of the next two weeks without anybody on call">{gaps.map((gap) => <Row key={gap.from} who={`${dayAndTime(gap.from, zone)} to ${dayAndTime(gap.to, zone)}`} where="" missing={gap.from === now.from ? 'now' : null} />)}</Rows></>}
    </Section>
  )
}

/** Whoever has a day off and stands in the rota: the second is called in their place, unless the day itself names them. */
export function WhoIsOff({ read }: { readonly read: OnCallRead }) {
  if (read.off.length === 0) return null
  return (
    <Section id="on-call-off" title="Days off">
      <p>In the next two weeks. On a day off the usual hours pass to the second, and where there is none to nobody. Whoever is named for that very day is called all the same.</p>
      <Rows label="People of the rota with a day off">{read.off.map(({ day, person, called }) => <Row key={`${day} ${person}`} who={nameIn(read, person)} where={dayName(`${day}T00:00:00Z`, 'UTC')} missing={called ? 'named for that day: called all the same' : null} />)}</Rows>
    </Section>
  )
}

/** One line for the day's list: who is on call now, and the way to the rota. */
export function OnCallLine({ zone }: { readonly zone: string | undefined }) {
  const { data: read } = useQuery({ queryKey: ['on-call'], queryFn: () => call('onCall'), refetchInterval: 60_000, retry: false })
  if (!read) return null
  return <p>{read.now.first === null ? 'Nobody is on call for answers that cannot wait.' : `On call for answers that cannot wait: ${pair(read, read.now)}, until ${dayAndTime(read.now.to, zone)}.`} <Link to="/work/on-call">Now and next</Link></p>
}
