import type { ReactNode } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PLACE_REVIEW } from '../../../core/course/step.ts'
import type { HomeRow } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { localDay, plusDaysOf } from '../../../core/shared/local-day.ts'
import { Badge, Button, EmptyState, Notice, Row, Rows, rowOpen, Stack, buttonClass } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { FreedAtHome } from '../desk/FreedLink.tsx'
import { Loaded, Section } from '../desk/parts.tsx'
import { visitNames, visitTitle } from '../desk/visits.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { ago, clockTime, dayAndTime, shortDay } from '../times.ts'
import { OnCallLine } from '../on-call/OnCallPage.tsx'
import { Alarms } from './Alarms.tsx'
import '../desk/desk.css'

export { visitNames }
type HomeNow = Response<'home'>

/** Today's work with nothing tapped: what is open now, what is booked, then people, sorted by who needs you. */
export function Home() {
  const me = useMe()
  const query = useQuery({ queryKey: ['home'], queryFn: () => call('home'), refetchInterval: 30_000 })
  const zone = me?.practice.zone
  return (
    <Frame title="My list">
      <Stack air="wide">
        <h1>{me ? `Good ${partOfDay(query.data?.now ?? clock.now(), me.practice.zone)}, ${me.name.split(' ')[0]}` : 'My list'}</h1>
        <Loaded query={query} what="your list">
          {(home) => (
            <>
              <Alarms alarms={home.alarms} now={home.now} zone={zone} />
              <Notices home={home} />
              <ToSign home={home} />
              <NotAdopted home={home} zone={zone} />
              <BeforeSessions home={home} zone={zone} />
              <ChangesToSettle home={home} zone={zone} />
              {isOne(me, 'coordinator', 'owner') && <FreedAtHome zone={zone} />}
              <Matters home={home} />
              <Questions home={home} zone={zone} />
              <Today home={home} zone={zone} hands={isOne(me, 'therapist', 'prescriber', 'monitor', 'coordinator', 'owner')} sheets={isOne(me, 'therapist', 'prescriber', 'monitor', 'medical-director')} />
              <OnCallLine zone={zone} />
              {home.inquiries && <InquiriesLine inquiries={home.inquiries} />}
              {home.medicine && <MedicineLine medicine={home.medicine} now={home.now} />}
              <People rows={home.rows} mineFirst={isOne(me, 'therapist', 'prescriber', 'monitor')} now={home.now} zone={zone} />
            </>
          )}
        </Loaded>
      </Stack>
    </Frame>
  )
}

function partOfDay(now: string, zone: string) {
  const hour = Number(new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(new Date(now)))
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
}

/** These stay until somebody says by name that they have taken them over. */
const CANNOT_WAIT = ['risk', 'crisis', 'unanswered']

/** Calls to a running session, and to whoever is on call, stand above every page, this one too. */
function Notices({ home: { notices: all, now } }: { home: HomeNow }) {
  const notices = all.filter(({ kind }) => kind !== 'alert' && kind !== 'question' && kind !== 'on-call' && kind !== 'tablet')
  const queries = useQueryClient()
  if (notices.length === 0) return null
  return (
    <section aria-label="Said to you">
      <Stack air="tight">
        {notices.map((notice) => (
          <Notice key={notice.id} level={CANNOT_WAIT.includes(notice.kind) ? 'emergency' : notice.kind === 'reopened' ? 'call' : undefined} what={notice.says} kept={ago(notice.at, now)}>
            {notice.chart && (notice.kind === 'reopened' || notice.kind === 'clearance'
              ? <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart: notice.chart }} search={{ step: 'clearance' } as never}>Open the clearance</Link>
              : notice.kind === 'to-prescriber' ? <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart: notice.chart }} search={{ step: 'for-prescriber' } as never}>Read it</Link>
              : notice.kind === 'move-asked' ? <Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart: notice.chart }}>Say yes or no</Link>
              : <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart: notice.chart }}>Open the chart</Link>)}
            {notice.inquiry && <Link className={buttonClass('quiet')} to="/work/inquiries/$inquiry" params={{ inquiry: notice.inquiry }}>Open the inquiry</Link>}
            <Button kind="quiet" onClick={() => void call('noticeDone', { params: { id: notice.id }, body: {} }).then(() => queries.invalidateQueries({ queryKey: ['home'] }))}>{CANNOT_WAIT.includes(notice.kind) ? 'I have taken this over' : 'I have seen to it'}</Button>
          </Notice>
        ))}
      </Stack>
    </section>
  )
}

/** A loosened edition of the rulebook waits for this person to look at it and sign it, or to decline. It goes once somebody has. */
function ToSign({ home: { toSign, now } }: { home: HomeNow }) {
  return toSign.map(({ proposal, by, at, figures, course }) => (
    <Notice key={proposal} level="caution" what={course ? `${by} proposes the course “${course}”, in which something is looser. It takes a second signature.` : `${by} proposes to loosen ${figures === 1 ? 'a figure' : `${figures} figures`} of the rulebook. It takes a second signature.`} kept={`${ago(at, now)}. Nothing of it holds yet.`}>
      <Link className={buttonClass('primary')} to="/work/rulebook" hash="proposals">Look at it, and sign or decline</Link>
    </Notice>
  ))
}

/** Written on devices whose access had ended, and decided about by nobody yet. */
function NotAdopted({ home: { quarantined }, zone }: { home: HomeNow; zone: string | undefined }) {
  if (quarantined.length === 0) return null
  return (
    <Section id="quarantine" title="Written on devices whose access ended">
      <Rows label="Not part of the record until adopted, oldest first">
        {quarantined.map((one) => (
          <Row key={`${one.chart} ${one.by}`} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: one.chart }} search={{ step: 'quarantine' } as never}>{one.name}</Link>} where={`by ${one.by}`}
            missing={<><Badge level="caution">not adopted</Badge><span>{one.entries} {one.entries === 1 ? 'entry waits' : 'entries wait'} for a therapist or a prescriber to decide</span></>} since={`${dayAndTime(one.from, zone)}${one.to === one.from ? '' : ` to ${clockTime(one.to, zone)}`}`} />
        ))}
      </Rows>
    </Section>
  )
}

/** Not answered, nobody to take them home, or an answer that asks for somebody: each with its owner, before the session begins. */
export function BeforeSessions({ home: { before }, zone }: { home: Pick<HomeNow, 'before'>; zone: string | undefined }) {
  if (before.length === 0) return null
  const lines = before.flatMap((session) => session.open.map((one) => ({ session, one }))).toSorted((a, b) => Number(b.one.urgent) - Number(a.one.urgent))
  return (
    <Section id="before" title="Before the visits of today and tomorrow">
      <Rows label="Open before a session, what cannot wait first">
        {lines.map(({ session, one }) => (
          <Row key={`${session.visit} ${session.chart} ${one.about} ${one.says}`} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: session.chart }}>{session.name}</Link>} where={dayAndTime(session.startsAt, zone)}
            missing={<>{one.urgent && <Badge level="caution">{one.about === 'alarm' || one.about === 'where' ? 'look at this' : 'call'}</Badge>}<span>{one.says}</span></>} since={`with ${one.owner}`} />
        ))}
      </Rows>
    </Section>
  )
}

/** Times that do not suit, that nobody answered about, or that were gone when somebody said yes: until one of us has settled each. */
export function ChangesToSettle({ home: { changes, now }, zone }: { home: Pick<HomeNow, 'changes' | 'now'>; zone: string | undefined }) {
  if (changes.length === 0) return null
  return (
    <Section id="changes" title="Other times, not settled">
      <Rows label="Moves of visits that a person has to settle, oldest first">
        {changes.map(({ chart, name, told, at, says }) => (
          <Row key={told} who={<Link className={rowOpen} to="/work/charts/$chart/plan" params={{ chart }} hash="changes">{name}</Link>} where={dayAndTime(at, zone)}
            missing={<><Badge level="caution">call</Badge><span>{says}</span></>} since={ago(at, now)} />
        ))}
      </Rows>
    </Section>
  )
}

/** Records of sessions that wait for somebody: typed from paper and not compared, opened again by what came late, or spoken and not written out. */
function Matters({ home: { rows, spokenToMyself } }: { home: HomeNow }) {
  const open = rows.flatMap((row) => row.matters.map((matter) => ({ row, matter }))).toSorted((a, b) => Number(b.matter.mine) - Number(a.matter.mine))
  if (open.length + spokenToMyself.length === 0) return null
  return (
    <Section id="records" title="Records that wait for somebody">
      <Rows label="Records that wait, yours first">
        {open.map(({ row, matter }) => (
          <Row key={`${row.chart} ${matter.about} ${matter.session} ${matter.owner}`} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: row.chart }} search={{ step: matter.about } as never}>{row.name}</Link>} where={matter.owner ? `with ${matter.owner}` : 'with nobody yet'}
            missing={<><Badge level="caution">{{ paper: 'not yet checked', late: 'reopened', spoken: 'not written out' }[matter.about]}</Badge><span>{matter.says}</span></>} since={matter.mine ? 'yours to settle' : ''} />
        ))}
        {spokenToMyself.map(({ chart, name, count }) => (
          <Row key={`${chart} to myself`} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart }} search={{ step: 'notes' } as never}>{name}</Link>} where="your own notes"
            missing={<><Badge level="caution">not written out</Badge><span>{count} spoken psychotherapy {count === 1 ? 'note' : 'notes'}, seen by you alone</span></>} since="yours to settle" />
        ))}
      </Rows>
    </Section>
  )
}

/** Asked between colleagues and not answered: with the one who was asked, and with the one who waits. */
function Questions({ home: { questions, now }, zone }: { home: HomeNow; zone: string | undefined }) {
  if (questions.length === 0) return null
  return (
    <Section id="questions" title="Questions between colleagues">
      <Rows label="Open questions, overdue first">
        {questions.map((one) => (
          <Row key={one.question} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: one.chart }} search={{ step: 'questions' } as never}>{one.name}</Link>} where={one.mine ? `from ${one.from}` : `to ${one.to}`}
            missing={<>{one.overdue && <Badge level="caution">overdue</Badge>}<span>{one.text}</span></>} since={one.dueAt ? (one.overdue ? `due ${ago(one.dueAt, now)}` : `by ${dayAndTime(one.dueAt, zone)}`) : 'no due time'} />
        ))}
      </Rows>
    </Section>
  )
}

function Today({ home: { today, rows, now }, zone, hands, sheets }: { home: HomeNow; zone: string | undefined; hands: boolean; sheets: boolean }) {
  const open = rows.filter((row) => row.openSession)
  return (
    <Section id="today" title="Today">
      {open.map((row) => (
        <Notice key={row.chart} level="call" what={`${row.name} is in a medicine session now.`}>
          <Link className={buttonClass('primary')} to="/work/charts/$chart/session/$session" params={{ chart: row.chart, session: row.openSession! }}>Go to the session of {row.name}</Link>
        </Notice>
      ))}
      {today.length === 0 && open.length === 0 && <p className="soft">Nothing is booked for you today.</p>}
      {today.length > 0 && (
        <Rows label="Booked today">
          {today.map((visit) => (
            <Row key={visit.visit} who={whoComes(visit)}
              where={`${clockTime(visit.startsAt, zone)} to ${clockTime(visit.endsAt, zone)}`} missing={visitTitle(visit)} since={visit.online ? 'online: join in the chart' : visit.room?.name ?? ''} act={hands && !visit.online && visit.patients.length === 1 ? <Link to="/work/charts/$chart" params={{ chart: visit.patients[0]!.chart }} search={{ step: 'tablet' } as never}>Hand over the tablet<span className="heard"> to {visit.patients[0]!.name}</span></Link> : null} />
          ))}
        </Rows>
      )}
      {sheets && <DowntimeSheets home={{ today, rows, now }} zone={zone ?? 'UTC'} />}
    </Section>
  )
}

/** Each of several by themselves: a press opens that person’s chart, and nobody else’s. */
function whoComes({ patients: [first, ...others] }: HomeNow['today'][number]): ReactNode {
  if (!first) return 'Booked'
  if (others.length === 0) return <Link className={rowOpen} to="/work/charts/$chart" params={{ chart: first.chart }}>{first.name}</Link>
  return [first, ...others].map(({ chart, name }, place) => <span key={chart}>{place > 0 && ', '}<Link to="/work/charts/$chart" params={{ chart }}>{name}</Link></span>)
}

/** Paper for when nothing answers: below what is booked, and only where something is. */
export function DowntimeSheets({ home: { today, rows, now }, zone }: { home: Pick<HomeNow, 'today' | 'rows' | 'now'>; zone: string }) {
  const day = localDay(now, zone)
  const tomorrow = plusDaysOf(day, 1)
  const booked = rows.some(({ nextVisit }) => nextVisit !== null && nextVisit.startsAt > now && localDay(nextVisit.startsAt, zone) <= tomorrow)
  if (!booked && today.length === 0) return null
  return (
    <div className="k-buttons">
      {today.length > 0 && <a className={buttonClass('plain')} href={`/api/downtime/${day}`} target="_blank" rel="noreferrer">Print today’s downtime sheets</a>}
      {booked && <a className={buttonClass('plain')} href={`/api/downtime/${tomorrow}`} target="_blank" rel="noreferrer">Print tomorrow’s downtime sheets</a>}
    </div>
  )
}

function InquiriesLine({ inquiries: { waiting, oldestDays } }: { inquiries: NonNullable<HomeNow['inquiries']> }) {
  if (waiting === 0) return null
  return (
    <Notice level={oldestDays !== null && oldestDays >= 5 ? 'caution' : undefined} what={`${waiting} ${waiting === 1 ? 'person waits' : 'people wait'} for an answer${oldestDays === null ? '' : `, the first for ${Math.floor(oldestDays)} ${Math.floor(oldestDays) === 1 ? 'day' : 'days'}`}.`}>
      <Link className={buttonClass('primary')} to="/work/inquiries">Open inquiries</Link>
    </Notice>
  )
}

/** Medicine that does not come out, for those who answer for it or may sign. */
function MedicineLine({ medicine: { open, toSign, since, says }, now }: { medicine: NonNullable<HomeNow['medicine']>; now: string }) {
  return (
    <Notice level="caution" what={`${open} ${open === 1 ? 'difference is' : 'differences are'} open in the drug ledger, the oldest since ${ago(since, now)}${toSign > 0 ? `; ${toSign} ${toSign === 1 ? 'waits' : 'wait'} for a second signature` : ''}.`} kept={says}>
      <Link className={buttonClass('quiet')} to="/work/practice/medicines">Open medicines</Link>
    </Notice>
  )
}

function People({ rows, mineFirst, now, zone }: { rows: readonly HomeRow[]; mineFirst: boolean; now: string; zone: string | undefined }) {
  if (rows.length === 0) return <EmptyState what="The people you care for will stand here, with what each of them needs next." begin="They appear once you are on their care team." />
  const needs = ({ mine, risk, openSession, care }: HomeRow) => mine || risk || openSession !== null || care.some((one) => one.mine)
  const shown = mineFirst ? rows.toSorted((a, b) => Number(needs(b)) - Number(needs(a))) : rows
  return (
    <Section id="people" title="People">
      <p className="soft">Who needs you comes first, with why: a session that runs, a risk, somebody nobody has heard from or who is losing what they gained, what is overdue, then what is yours to do.</p>
      <Rows label="People, sorted by who needs you">
        {shown.map((row) => (
          <Row key={row.chart} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: row.chart }}>{row.name}</Link>} where={row.stage}
            missing={<>{row.risk && <Badge level="emergency">Risk path open</Badge>}<Care row={row} zone={zone} />{row.state === 'overdue' && row.care.length === 0 && <Badge level="caution">overdue</Badge>}{row.care[0]?.step !== row.nextStep && <span>{row.blocked.length > 0 ? `${row.next}: ${row.blocked.join('; ')}` : row.next}</span>}</>}
            since={row.since ? ago(row.since, now) : row.dueBy ? `due ${shortDay(row.dueBy, zone)}` : ''} />
        ))}
      </Rows>
    </Section>
  )
}

const CARE = { 'no-answer': 'no answer', relapse: 'after the course', integration: 'not integrated', exposure: 'many doses', 'place-review': 'no time yet', misuse: 'for the prescriber' } as const

/** Why this person needs somebody: what it is, whose it is by name, and by when. */
function Care({ row: { chart, care }, zone }: { readonly row: HomeRow; readonly zone: string | undefined }) {
  return care.map(({ about, step, says, owner, dueBy, overdue, mine }) => (
    <span key={step} className="d-care"><Badge level={overdue ? 'call' : 'caution'}>{CARE[about]}</Badge><span>{step === PLACE_REVIEW ? <Link to="/work/charts/$chart/plan" params={{ chart }}>{says}</Link> : about === 'misuse' ? <Link to="/work/charts/$chart" params={{ chart }} search={{ step } as never}>{says}</Link> : says} {mine ? 'Yours' : owner ? `With ${owner}` : 'With nobody on the team'}, {overdue ? 'was due' : 'by'} {shortDay(dueBy, zone)}.</span></span>
  ))
}
