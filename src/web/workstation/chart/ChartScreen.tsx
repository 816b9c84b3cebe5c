import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CourseNow } from '../../../core/course/course.ts'
import { ageOn } from '../../../core/shared/time.ts'
import { Button, Disclosure, Notice, StatusLine } from '../../kit/index.ts'
import { call, clock, notKept, offsetInWords, useBackAgain, useChart, useDevice, useDeviceState, useNow } from '../../sync/index.ts'
import { Face, useFace } from '../files/Face.tsx'
import { Frame } from '../Frame.tsx'
import { RulesNotice } from '../RulesNotice.tsx'
import { LockScreen } from '../session/LockScreen.tsx'
import { useTouched } from '../session/touch-and-keys.ts'
import { plainDay } from '../times.ts'
import { Beside } from './beside/Beside.tsx'
import { ownStep, StepLink } from './next/NextStep.tsx'
import { OpenChartContext, useJudged, useOpenChart, type OpenChart, type Place } from './open-chart.ts'
import { useKeptDrafts } from './parts/drafts.ts'
import { KeptLine } from './parts/KeptLine.tsx'
import { usePractice, useTeam } from './parts/practice.ts'
import { RoomLink } from './parts/RoomLink.tsx'
import { RecordMatters } from './paper/RecordMatters.tsx'
import { QuarantineBanner } from './quarantine/QuarantineRoom.tsx'
import { RiskBanner } from './risk/RiskBanner.tsx'
import { drawRoom, groups, isFor, roomOf, roomTitle } from './rooms.tsx'
import { CourseThread } from './thread/CourseThread.tsx'

interface ChartScreenProps {
  readonly chartId: string
  readonly place: Place
  readonly go: (place: Place) => void
}

/** A chart: the course as a thread on top, the room of the step in hand below, and beside it the facts that never leave. */
export function ChartScreen({ chartId, place, go }: ChartScreenProps) {
  const used = useChart(chartId)
  const now = useNow(60_000)
  const team = useTeam(chartId, used.head?.team ?? [])
  const { data: practice } = usePractice()
  const judged = useJudged({ chartId, used, now, team, place, go, ...(practice ? { staff: practice.staff } : {}) })
  const { locked } = useDeviceState()
  useKeptDrafts()
  useTouched()
  const isReady = used.ready && used.head !== null
  const spine = useQuery({ queryKey: ['course', chartId], queryFn: () => call('course', { params: { chart: chartId } }), enabled: isReady && !judged.isClinical, refetchInterval: 60_000 })

  if (locked) return <Frame chart={chartId} title="Locked" width="reading"><h1>Locked</h1><LockScreen /></Frame>
  if (used.refused) return <Frame title="Chart" width="reading"><h1>This chart is not open to you</h1><Notice level="caution" what={used.refused.say} next={<a href="/work">Go to your list</a>} /></Frame>
  if (!isReady) return <Frame chart={chartId} title="Chart" width="reading"><Opening away={used.connection === 'away'} /></Frame>
  if (judged.roles.every((role) => role === 'patient')) return <Frame title="Chart" width="reading"><h1>This is your own record</h1><p>It has pages made for you. <a href="/my">Go to your pages</a></p></Frame>
  if (!judged.isClinical && !spine.data) return <Frame chart={chartId} title={judged.patient} width="reading"><Opening away={spine.isError} /></Frame>
  const open: OpenChart = spine.data && !judged.isClinical ? { ...judged, course: spineOf(spine.data.course) } : judged
  return (
    <Frame chart={chartId} title={judged.patient}>
      <OpenChartContext value={open}><Opened /></OpenChartContext>
    </Frame>
  )
}

const Opening = ({ away }: { readonly away: boolean }) => <><h1>Opening the chart…</h1><StatusLine waiting={away}>{away ? 'Waiting for the connection. It opens by itself.' : 'Reading what was written.'}</StatusLine></>

/** What the server tells the desk of a course, with the clinical facts behind it left out. */
const spineOf = (course: unknown): CourseNow => {
  const said = course as Pick<CourseNow, 'stage' | 'steps' | 'next' | 'counts' | 'visits' | 'openSession'>
  const plain = (step: CourseNow['steps'][number]) => ({ ...step, facts: [], blockedBy: step.blockedBy.map((blocker) => ({ ...blocker, facts: [] })) })
  return { ...said, steps: said.steps.map(plain), next: said.next ? plain(said.next) : undefined, openSession: undefined, cycle: 1, followUps: [], risks: [], clearance: { state: 'none', newlyMet: [] } }
}

function Opened() {
  const open = useOpenChart()
  const { place } = open
  const room = useRef<HTMLDivElement>(null)
  const key = `${place.step ?? 'overview'} ${place.amends ?? ''} ${place.entry === 'new' ? 'new' : ''}`
  const before = useRef(key)
  // Going to another room moves the focus to its heading, as a new page would.
  useEffect(() => {
    if (before.current === key) return
    before.current = key
    const heading = room.current?.querySelector<HTMLElement>('h2')
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView({ block: 'start' })
  }, [key])
  return (
    <div className="c-chart">
      <Top />
      <NotKept />
      <BackAgain />
      <RiskBanner />
      <QuarantineBanner />
      <RecordMatters />
      {open.isClinical && open.rulesMissing && <RulesNotice missing={open.rulesMissing} kept="The chart can be read and written. What the rules say here follows the rules this page was loaded with, which may not be this practice’s own." next="Until this is mended no session is started, no dose is given and nothing is signed by them." />}
      <CourseThread />
      <div className="c-columns">
        <Rooms />
        <div className="c-reading" ref={room} key={key}>
          {place.step && <OwnLine />}
          {drawRoom(place.step, open)}
        </div>
        <Beside />
      </div>
    </div>
  )
}

function NotKept() {
  const { durable, simulated } = useDevice()
  return durable || simulated ? null : <Notice level="caution" what={notKept().why} kept="What you write is gone if this page is closed before it was sent." next={notKept().next} />
}

/** The browser threw away what it kept, and what was not sent is here again. */
function BackAgain() {
  const back = useBackAgain()
  return back && <Notice level="caution" {...back.says}><Button onClick={back.understood}>Understood</Button></Notice>
}

function Top() {
  const { patient, chart, used, today, chartId, may, protocol, protocolChosen, courseUnknown } = useOpenChart()
  const birthDate = chart.latest('demographics.v1')?.body.birthDate ?? used.head?.birthDate ?? undefined
  const face = useFace(chartId, chart, used.connection === 'live')
  const wrongClock = offsetInWords(clock.offsetMs())
  return (
    <header className="c-top">
      <div className="c-who">
        <Face face={face} name={patient} size="small" />
        <div>
          <h1>{patient}</h1>
          <p className="soft">{birthDate ? `born ${plainDay(birthDate)}, ${ageOn(birthDate, today)} years` : 'birth date not recorded'} · <RoomLink step="person">{face.says}</RoomLink> · {protocolChosen || courseUnknown ? protocol.name : 'no protocol chosen yet'}</p>
        </div>
      </div>
      <nav className="c-links" aria-label="Other screens of this chart">
        {may('plan.propose') && <a href={`/work/charts/${chartId}/plan`}>Plan</a>}
        {may('money.read') && <a href={`/work/charts/${chartId}/money`}>Money</a>}
      </nav>
      <KeptLine />
      {wrongClock && <p className="soft small">{wrongClock}</p>}
    </header>
  )
}

/** In any room but the first: what is next for this person, in one quiet line. */
function OwnLine() {
  const open = useOpenChart()
  const own = ownStep(open)
  if (open.course.openSession && open.may('session.join')) return <p className="c-own"><a href={`/work/charts/${open.chartId}/session/${open.course.openSession}`}>A medicine session is running: go to it</a></p>
  // An open risk path comes first, and stands at the top already.
  if (open.course.risks.length > 0 || !own || own.id === open.place.step || roomOf(own.id) === roomOf(open.place.step)) return null
  return <p className="c-own"><span className="soft">Next for you: {own.title}</span> <StepLink step={own} kind="quiet" /></p>
}

function Rooms() {
  const open = useOpenChart()
  const room = roomOf(open.place.step)
  const here = isFor(room, open) ? room : 'overview'
  const list = groups.map(([title, ids]) => [title, ids.filter((id) => isFor(id, open))] as const).filter(([, ids]) => ids.length > 0)
  const nav = (
    <nav aria-label="This chart">
      {list.map(([title, ids]) => (
        <div key={title} className="c-rooms__group">
          <p>{title}</p>
          <ul>{ids.map((id) => <li key={id}><RoomLink {...(id === 'overview' ? {} : { step: id })} current={here === id}>{roomTitle(id)}</RoomLink></li>)}</ul>
        </div>
      ))}
    </nav>
  )
  return <div className="c-rooms"><div className="c-rooms__wide">{nav}</div><div className="c-rooms__narrow"><Disclosure key={here} summary={`In this chart: ${roomTitle(here)}`}>{nav}</Disclosure></div></div>
}
