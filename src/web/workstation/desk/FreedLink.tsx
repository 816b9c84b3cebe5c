import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { buttonClass, Row, rowOpen, Rows } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clockTime, shortDay } from '../times.ts'
import { Section } from './parts.tsx'
import { visitTitle } from './visits.ts'

/** The same answer for every place that shows it. */
export const freedQuery = { queryKey: ['freed'], queryFn: () => call('freedTimes', { query: {} }), refetchInterval: 30_000 } as const
/** With those that lie further ahead. */
export const allFreedQuery = { ...freedQuery, queryKey: ['freed', 'all'], queryFn: () => call('freedTimes', { query: { ahead: 'all' } }) } as const

/** From the calendar to the times that came free, with how many there are. */
export function FreedLink() {
  const { data } = useQuery(freedQuery)
  return <Link to="/work/freed" className={buttonClass('quiet')}>Time that came free{data && data.freed.length > 0 ? ` (${data.freed.length})` : ''}</Link>
}

/** On the desk's own list: what came free while somebody waits, and what was offered and nobody took. */
export function FreedAtHome({ zone }: { readonly zone: string | undefined }) {
  const { data } = useQuery(freedQuery)
  const waits = data !== undefined && data.waiting.sooner + data.waiting.first > 0
  const asked = data?.rounds.filter(({ outcome }) => outcome === null) ?? []
  if (!data || data.freed.length + asked.length === 0) return null
  const shown = data.freed.slice(0, SHOWN)
  return (
    <Section id="came-free" title="Time that came free" end={<Link to="/work/freed">{waits ? 'See who fits' : 'See all'}</Link>}>
      <Rows label="Times that came free, soonest first">
        {asked.map(({ round, startsAt, endsAt, turns }) => <Row key={round} who={<Link className={rowOpen} to="/work/freed">{shortDay(startsAt, zone)}</Link>} where={`${clockTime(startsAt, zone)} to ${clockTime(endsAt, zone)}`} missing={<span>Being offered: {turns.filter(({ state }) => state === 'waiting').map(({ name }) => name).join(', ') || 'in a moment'}</span>} />)}
        {shown.map(({ visit, startsAt, endsAt, people, room, left }) => <Row key={`${visit} ${startsAt}`} who={<Link className={rowOpen} to="/work/freed">{shortDay(startsAt, zone)}</Link>} where={`${clockTime(startsAt, zone)} to ${clockTime(endsAt, zone)}`} missing={<><span>{[people[0]?.name, room?.name].filter(Boolean).join(' · ')}</span> <span className="soft">{visitTitle(left)} was {left.how}</span></>} />)}
      </Rows>
      {data.freed.length > SHOWN && <p className="soft">And {data.freed.length - SHOWN} more.</p>}
    </Section>
  )
}
const SHOWN = 4
