import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PlanningRun, WaitingPerson } from '../../../../core/contract/joint.ts'
import { localDay, plusDaysOf } from '../../../../core/shared/local-day.ts'
import { Button, DateField, Disclosure, EmptyState, Notice, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { useNow } from '../../../sync/clock.ts'
import { Frame } from '../../Frame.tsx'
import { useMe } from '../../me.ts'
import { Loaded, Refused } from '../parts.tsx'
import { useAct } from '../use-act.ts'
import { Making } from './Making.tsx'
import { Planned } from './Planned.tsx'
import { Blocked, WaitingPeople } from './WaitingPeople.tsx'
import { planWords } from './words.ts'
import '../desk.css'
import './waiting.css'

const LOOK_MS = 1_000

/** Everybody whose course is not booked yet, planned together so that nobody loses by coming last. */
export function WaitingList() {
  const zone = useMe()?.practice.zone
  const list = useQuery({ queryKey: ['waiting-list'], queryFn: () => call('waitingList') })
  const planning = useQuery({ queryKey: ['planning-run'], queryFn: () => call('planningNow'), refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? LOOK_MS : 15_000) })
  return (
    <Frame title="Waiting list">
      <Stack air="wide">
        <Stack air="tight">
          <h1>Plan the waiting list</h1>
          <p className="soft">Everybody whose course is not booked to its end. Planned together, nobody loses the good hours by coming last.</p>
        </Stack>
        <Loaded query={list} what="the waiting list">
          {({ people, most }) => <Loaded query={planning} what="how planning stands">{({ run }) => (zone ? <Now people={people} most={most} run={run} zone={zone} /> : null)}</Loaded>}
        </Loaded>
      </Stack>
    </Frame>
  )
}

interface NowProps {
  readonly people: readonly WaitingPerson[]
  readonly most: number
  readonly run: PlanningRun | null
  readonly zone: string
}

function Now({ people, most, run, zone }: NowProps) {
  const queries = useQueryClient()
  const now = useNow(20_000)
  const [other, setOther] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: ['planning-run'] })
  const running = run?.state === 'running'
  // The list is read anew when a plan has been made: somebody may have been booked meanwhile.
  useEffect(() => { if (!running) void queries.invalidateQueries({ queryKey: ['waiting-list'] }) }, [running, queries])
  const ended = run && endedWords[run.state]
  const choose = <Choose key={run?.run ?? ''} people={people} most={most} zone={zone} replaces={run?.state === 'done'} onBegun={(begun) => { setOther(!begun); return again() }} />
  return (
    <>
      {other && running && <Notice what={`${run.by} is planning the waiting list already.`} kept="One plan is made at a time, so that two do not give away the same hours." next="You see theirs. When it is there, look at it together, or plan again." />}
      {running && <Making run={run} now={now} onStopped={() => void again()} />}
      {run?.state === 'done' && <Planned key={run.run} run={run} zone={zone} />}
      {ended && <Notice {...(run?.state === 'stopped' ? {} : { level: 'caution' as const })} what={ended} kept="Nothing was booked, and nobody’s visits were changed." next="Everybody still stands below. Plan them again whenever you like." />}
      {!running && (run?.state === 'done' ? <Disclosure summary="Plan again, with others or another day">{choose}</Disclosure> : choose)}
      {!running && <Blocked people={people.filter(({ blocked }) => blocked.length > 0)} />}
    </>
  )
}

const endedWords: Partial<Record<PlanningRun['state'], string>> = { stopped: 'Planning was stopped before it came to its end.', failed: 'Planning broke off. What was planned so far is lost.', lost: 'The server that was planning has stopped. What was planned so far is lost.' }

function Choose({ people, most, zone, replaces, onBegun }: Omit<NowProps, 'run'> & { readonly replaces: boolean; readonly onBegun: (begun: boolean) => Promise<unknown> }) {
  const now = useNow(60_000)
  const ready = people.filter(({ blocked }) => blocked.length === 0)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(() => new Set(ready.slice(most).map(({ chart }) => chart)))
  const [earliest, setEarliest] = useState(() => plusDaysOf(localDay(now, zone), 1))
  const { pending, refusal, act } = useAct()
  const chosen = new Set(ready.map(({ chart }) => chart).filter((chart) => !leftOut.has(chart)))
  if (ready.length === 0) return <EmptyState what={people.length === 0 ? 'Nobody waits for a course to be booked.' : 'Nobody who waits can be planned yet.'} begin={people.length === 0 ? 'Whoever is matched and has a course chosen appears here until every visit is booked.' : 'Below is what each of them needs first.'} />
  const begin = () => void act(() => call('planTogether', { body: { charts: [...chosen], earliest } })).then((answer) => answer && onBegun(answer.begun))
  return (
    <Stack>
      <div className="d-actbar">
        <div className="d-begin">
          <DateField label="Earliest day" value={earliest} onChange={(day) => day && setEarliest(day)} min={plusDaysOf(localDay(now, zone), 1)} />
          <Button kind="primary" pending={pending} disabled={chosen.size === 0 || chosen.size > most} onClick={begin}>{planWords(chosen.size)}</Button>
        </div>
        <output className="soft">{chosen.size > most ? `At most ${most} at once. Leave ${chosen.size - most} out.` : `${chosen.size} of ${ready.length} chosen.${replaces ? ' The result above is replaced; what is booked or held stays.' : ' Nothing is booked by this.'}`}</output>
      </div>
      <Refused refusal={refusal} />
      <WaitingPeople people={ready} chosen={chosen} onChosen={(next) => setLeftOut(new Set(ready.map(({ chart }) => chart).filter((chart) => !next.has(chart))))} />
    </Stack>
  )
}
