import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlannedPerson, PlanningRun } from '../../../../core/contract/joint.ts'
import { Dialog } from '../../../kit/aria.ts'
import { Button, Notice } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { useWhoActs } from '../../me.ts'
import { dayAndTime } from '../../times.ts'
import { Loaded, Section, Told } from '../parts.tsx'
import { HOLD_HOURS } from '../visits.ts'
import { actOnAll, type How, type Outcome } from './act-on-all.ts'
import { PlannedCard } from './PlannedCard.tsx'
import { counted } from './words.ts'

/** What was planned together, to be looked at, and booked or held one whole course after the other. */
export function Planned({ run, zone }: { readonly run: PlanningRun; readonly zone: string }) {
  const query = useQuery({ queryKey: ['planned-together', run.run], queryFn: () => call('plannedTogether', { params: { run: run.run } }) })
  return <Loaded query={query} what="the plans">{({ people }) => <Result run={run} people={people} zone={zone} again={() => query.refetch()} />}</Loaded>
}

interface ResultProps {
  readonly run: PlanningRun
  readonly people: readonly PlannedPerson[]
  readonly zone: string
  readonly again: () => Promise<unknown>
}

function Result({ run, people, zone, again }: ResultProps) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<How>()
  const { acting, outcomes, told, go } = useActOnAll(run, again, (chart) => setLeftOut((out) => new Set([...out, chart])))
  const planned = people.filter(({ plan }) => plan !== null)
  const open = planned.filter(({ state }) => state === 'open')
  const chosen = open.filter(({ chart }) => !leftOut.has(chart))
  const leave = (chart: string, out: boolean) => setLeftOut(new Set(out ? [...leftOut, chart] : [...leftOut].filter((one) => one !== chart)))
  const without = people.filter(({ plan }) => plan === null)
  return (
    <Section id="planned" title={planned.length < people.length ? `${planned.length} of ${people.length} have a plan` : people.length === 1 ? 'There is a plan' : `All ${people.length} have a plan`}>
      {told && <Told key={told.what}><Notice what={told.what} kept={told.kept} next={told.next} {...(told.caution ? { level: 'caution' as const } : {})} /></Told>}
      <p className="soft">Made by {run.by}, {dayAndTime(run.endedAt ?? run.begunAt, zone)}; kept here until {run.keptUntil && dayAndTime(run.keptUntil, zone)}. Nothing of it is booked before you say so.</p>
      {open.length > 0 && (
        <div className="d-actbar">
          <div className="k-buttons">
            <Button kind="primary" pending={acting?.how === 'book'} disabled={chosen.length === 0 || acting !== undefined} onClick={() => setAsking('book')}>Book {counted(chosen.length, 'course')}</Button>
            <Button pending={acting?.how === 'hold'} disabled={chosen.length === 0 || acting !== undefined} onClick={() => setAsking('hold')}>Hold {counted(chosen.length, 'course')} for {HOLD_HOURS} hours</Button>
          </div>
          <output className="soft">{acting ? `${acting.how === 'book' ? 'Booking' : 'Holding'} ${acting.done + 1} of ${acting.of} …` : `${chosen.length} of ${open.length} chosen`}</output>
        </div>
      )}
      <ol className="d-planneds" aria-label="Plans, longest wait first">{planned.map((one) => <PlannedCard key={one.chart} one={one} zone={zone} chosen={!leftOut.has(one.chart)} onChosen={(on) => leave(one.chart, !on)} outcome={outcomes.get(one.chart)} />)}</ol>
      {without.length > 0 && <Section id="without" level={3} title="Without a plan"><ol className="d-planneds" aria-label="People without a plan">{without.map((one) => <PlannedCard key={one.chart} one={one} zone={zone} chosen={false} onChosen={() => {}} outcome={outcomes.get(one.chart)} />)}</ol></Section>}
      {asking && <Ask how={asking} people={chosen} onClose={() => setAsking(undefined)} onGo={() => { setAsking(undefined); void go(asking, chosen) }} />}
    </Section>
  )
}

function Ask({ how, people, onClose, onGo }: { readonly how: How; readonly people: readonly PlannedPerson[]; readonly onClose: () => void; readonly onGo: () => void }) {
  const visits = people.reduce((sum, { plan }) => sum + (plan?.visits.length ?? 0), 0)
  const act = how === 'book' ? `Book ${counted(people.length, 'course')}` : `Hold ${counted(people.length, 'course')}`
  return (
    <Dialog open title={`${act}?`} onClose={onClose} end={<><Button onClick={onClose}>Not yet</Button><Button kind="primary" onClick={onGo}>{act}</Button></>}>
      <p>{counted(visits, 'visit')} for {people.map(({ name }) => name).join(', ')}.</p>
      <p>{how === 'book' ? 'One person after the other: of each course all visits are booked, or none.' : `Nobody else can take these times for ${HOLD_HOURS} hours. After that they are free by themselves.`} If somebody has taken one of the times meanwhile, that person is planned again beside the others, and you look at the new plan first.</p>
    </Dialog>
  )
}

interface Said { readonly what: string; readonly kept?: string; readonly next?: string; readonly caution: boolean }

/** The act on all who were chosen: how far it is, what became of each, and what is said at its end. */
function useActOnAll(run: PlanningRun, again: () => Promise<unknown>, onReplanned: (chart: string) => void) {
  const whoActs = useWhoActs()
  const queries = useQueryClient()
  const [acting, setActing] = useState<{ readonly how: How; readonly done: number; readonly of: number }>()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [told, setTold] = useState<Said>()
  const go = async (how: How, people: readonly PlannedPerson[]) => {
    const found = new Map<string, Outcome>()
    setTold(undefined)
    setActing({ how, done: 0, of: people.length })
    const tried = await whoActs().then((me) => actOnAll(me, run.run, how, people, (chart, outcome) => {
      found.set(chart, outcome)
      if (outcome.became === 'again') onReplanned(chart)
      setActing({ how, done: Math.min(found.size, people.length - 1), of: people.length })
    }), () => 0) // Not even who asks could be asked: nothing was tried.
    setOutcomes(new Map([...outcomes, ...found]))
    await Promise.all([again(), ...[['waiting-list'], ['calendar'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey }))])
    setActing(undefined)
    setTold(saidOf(how, people, found, tried))
  }
  return { acting, outcomes, told, go }
}

function saidOf(how: How, people: readonly PlannedPerson[], found: ReadonlyMap<string, Outcome>, tried: number): Said {
  const named = (became: Outcome['became']) => people.filter(({ chart }) => found.get(chart)?.became === became).map(({ name }) => name)
  const did = named(how === 'book' ? 'booked' : 'held')
  const [again, none, refused] = [named('again'), named('none'), named('refused')]
  const rest = [
    ...(again.length > 0 ? [`Planned again, because somebody took one of the times: ${again.join(', ')}. Look at the new plan, then ${how} it.`] : []),
    ...(none.length > 0 ? [`No other plan was found for ${none.join(', ')}.`] : []), ...(refused.length > 0 ? [`Refused, with the reason at the plan: ${refused.join(', ')}.`] : []),
    ...(tried < people.length ? [`The connection was lost before ${counted(people.length - tried, 'more person', 'more people')}. Press again when it is back: nothing is booked twice.`] : []),
  ]
  return {
    what: `${did.length === 1 ? 'One course is' : `${did.length} courses are`} ${how === 'book' ? 'booked' : `held for ${HOLD_HOURS} hours`}.`, ...(did.length > 0 ? { kept: `${did.join(', ')}.` } : {}),
    next: rest.join(' ') || (how === 'book' ? 'The visits stand in the calendar and on each patient’s own page.' : 'Book each from here or from its own plan before then.'), caution: rest.length > 0,
  }
}
