import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FitRow, FreedRow } from '../../../core/contract/fill.ts'
import { hoursBetween } from '../../../core/shared/time.ts'
import { Button, buttonClass, Card, Checkbox, Disclosure, RadioTiles, Select, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { ago, clockTime, shortDay } from '../times.ts'
import { Loaded, Refused } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

interface FreedCardProps {
  readonly freed: FreedRow
  readonly zone: string
  readonly now: string
  readonly onSaid: (words: string) => void
}

/** One time, who could have it, and the one act: offer it. */
export function FreedCard({ freed, zone, now, onSaid }: FreedCardProps) {
  const { visit, startsAt, endsAt, people, room, left } = freed
  const query = useQuery({ queryKey: ['fits', visit, startsAt], queryFn: () => call('whoFits', { params: { visit }, query: { startsAt } }, { timeoutMs: 60_000 }), refetchInterval: 120_000 })
  return (
    <Card>
      <div className="d-freed">
        <h3>{shortDay(startsAt, zone)}, {clockTime(startsAt, zone)} to {clockTime(endsAt, zone)}</h3>
        <p>{[people.map(({ name }) => name).join(', '), room?.name].filter(Boolean).join(' · ') || 'Nobody else of that visit is free'} <span className="soft">· {visitTitle(left)} of {left.name} was {left.how} {ago(left.at, now)}</span></p>
        <Loaded query={query} what="who fits">
          {({ fits, not }) => (
            <>
              {fits.length === 0 ? <p>Nobody who waits fits this time.</p> : <Offer freed={freed} fits={fits} zone={zone} now={now} onSaid={onSaid} />}
              {not.length > 0 && <Disclosure summary={not.length === 1 ? 'One who does not fit, and why' : `${not.length} who do not fit, and why`}><ul className="d-reasons">{not.map(({ name, visit: theirs, why }) => <li key={`${name} ${theirs?.visit ?? ''}`}><strong>{name}</strong>{theirs && `, ${visitTitle(theirs)}`}: {why.join(' ')}</li>)}</ul></Disclosure>}
            </>
          )}
        </Loaded>
        <PutAway freed={freed} zone={zone} onSaid={onSaid} />
      </div>
    </Card>
  )
}

/** Kept empty, or given to something that no calendar holds: then nobody is offered it, and it leaves this list. */
function PutAway({ freed: { visit, startsAt }, zone, onSaid }: Pick<FreedCardProps, 'freed' | 'zone' | 'onSaid'>) {
  const queries = useQueryClient()
  const { pending, refusal, act } = useAct()
  const [why, setWhy] = useState('')
  const put = () => void act(() => call('putAwayFreed', { params: { visit }, body: { startsAt, why: why.trim() } })).then((done) => { if (done) { onSaid(`Nobody is offered ${shortDay(startsAt, zone)}, ${clockTime(startsAt, zone)}. It stands below, under Not offered, and can be brought back.`); void queries.invalidateQueries({ queryKey: ['freed'] }) } })
  return (
    <Disclosure summary="Not to be offered">
      <Stack air="tight">
        <p className="soft">The time stays free for whoever plans; nobody on the list is asked about it.</p>
        <TextField label="Why" optional maxLength={500} value={why} onChange={setWhy} />
        <div className="k-buttons"><Button pending={pending} onClick={put}>Do not offer it</Button></div>
        <Refused refusal={refusal} />
      </Stack>
    </Disclosure>
  )
}

const keyOf = ({ chart, inquiry, visit }: FitRow) => chart ? `${chart} ${visit!.visit}` : inquiry!
const HOURS = [2, 4, 24, 48].map((hours) => ({ value: String(hours), label: `${hours} hours` }))
/** A time that is near leaves less room to answer. */
const hoursFor = (startsAt: string, now: string) => (hoursBetween(now, startsAt) > 72 ? '24' : '4')

/** The first is chosen until somebody chooses otherwise; nobody is asked before the press. */
function Offer({ freed: { visit, startsAt }, fits, zone, now, onSaid }: FreedCardProps & { readonly fits: readonly FitRow[] }) {
  const queries = useQueryClient()
  const { pending, refusal, act } = useAct()
  const could = fits.filter(({ chart }) => chart !== null)
  const [named, setNamed] = useState<readonly string[]>()
  const [way, setWay] = useState<'in-turn' | 'at-once'>('in-turn')
  const [hours, setHours] = useState(hoursFor(startsAt, now))
  const [id, setId] = useState(() => newId(clock.ms()))
  const chosen = could.filter((one) => (named ?? could.slice(0, 1).map(keyOf)).includes(keyOf(one)))
  const flip = (one: FitRow) => setNamed(could.map(keyOf).filter((key) => (key === keyOf(one) ? !chosen.includes(one) : chosen.some((other) => keyOf(other) === key))))
  const again = () => Promise.all([['freed'], ['fits'], ['calendar']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  const offer = () => {
    const turns = chosen.map(({ chart, visit: theirs }) => ({ chart: chart!, visit: theirs!.visit }))
    void act(() => call('offerFreed', { params: { visit }, body: { id, startsAt, way: turns.length > 1 ? way : 'in-turn', hours: Number(hours), turns } }, { timeoutMs: 60_000 }), () => { setId(newId(clock.ms())); void again() })
      .then((done) => { if (done) { onSaid(turns.length === 1 ? `${chosen[0]!.name} is asked in a moment. Their visit stays where it is until they say yes.` : way === 'in-turn' ? `${chosen[0]!.name} is asked in a moment, and the others in turn.` : `${chosen.map(({ name }) => name).join(', ')} are asked in a moment. The first yes has it.`); void again() } })
  }
  return (
    <Stack air="tight">
      <ol className="d-fits" aria-label="Who fits, best first">{fits.map((one) => <li key={keyOf(one)}><OneFit fit={one} now={now} zone={zone} chosen={chosen.includes(one)} onFlip={() => flip(one)} /></li>)}</ol>
      {chosen.length > 1 && <RadioTiles label="How they are asked" tile="15rem" value={way} onChange={setWay} choices={[{ value: 'in-turn', label: 'One after the other', hint: 'It is held for whoever is asked.' }, { value: 'at-once', label: 'All at once', hint: 'It is held for nobody; the first yes has it.' }]} />}
      {could.length > 0 && (
        <div className="d-offer">
          <Select label="Time to answer" choices={HOURS} value={hours} onChange={(value) => value && setHours(value)} />
          <Button kind="primary" pending={pending} disabled={chosen.length === 0} onClick={offer}>{chosen.length === 0 ? 'Offer it' : chosen.length === 1 ? `Offer it to ${chosen[0]!.name}` : `Offer it to these ${chosen.length}`}</Button>
        </div>
      )}
      <Refused refusal={refusal} />
    </Stack>
  )
}

function OneFit({ fit, now, zone, chosen, onFlip }: { readonly fit: FitRow; readonly now: string; readonly zone: string; readonly chosen: boolean; readonly onFlip: () => void }) {
  const { name, visit, since, phone, inquiry, pro, con, others } = fit
  return (
    <div className="d-fit">
      {visit
        ? <Checkbox checked={chosen} onChange={onFlip} label={<><strong>{name}</strong>, {visitTitle(visit)}</>} hint={`now ${visitWhen(visit)} · on the list since ${shortDay(since, zone)}${others > 0 ? ` · ${others === 1 ? 'one other visit changes' : `${others} other visits change`}` : ''}`} />
        : <p><strong>{name}</strong>, first visit <span className="soft">· wrote {ago(since, now)}</span><br />{phone ? <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a> : 'No telephone was given.'} {inquiry && <Link className={buttonClass('quiet')} to="/work/inquiries/$inquiry" params={{ inquiry }}>Open the inquiry</Link>}</p>}
      <Disclosure summary={con.length > 0 ? `For it, and ${con.length === 1 ? 'one thing' : `${con.length} things`} against` : 'What speaks for it'}>
        <ul className="d-reasons">{pro.map((says) => <li key={says}>{says}</li>)}</ul>
        {con.length > 0 && <><p><strong>Against it</strong></p><ul className="d-reasons">{con.map((says) => <li key={says}>{says}</li>)}</ul></>}
      </Disclosure>
    </div>
  )
}
