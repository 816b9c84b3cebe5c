import { ButtonLink } from '../../kit/plain/Button.tsx'
import { EmptyState } from '../../kit/plain/Notice.tsx'
import { Stack } from '../../kit/plain/Page.tsx'
import { Thread } from '../../kit/plain/Thread.tsx'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { clockTime } from '../times.ts'
import { CouldNotAsk, WaitingPage } from '../Trouble.tsx'
import { visitsOf } from '../visits.ts'
import { dosingSoon, nextThing, nextVisitLine, today, type HomeFacts } from './next.ts'
import { threadOf } from './thread.ts'

/** One sentence about today, one next thing, and the line of the course with a dot where she is. */
export function Home() {
  const { me, used, course, zone, now } = usePatient()
  const facts: HomeFacts = { course: course.value, visits: visitsOf(course.value, used.chart), chart: used.chart, now, zone }
  const known = used.ready && (course.value !== undefined || course.failure !== undefined)
  if (!known) return <Frame title="Today"><WaitingPage /></Frame>
  const line = nextVisitLine(facts)
  const day = dosingSoon(facts)
  const thread = course.value ? threadOf(course.value.steps, now, zone) : []
  return (
    <Frame title="Today">
      <Stack air="wide">
        <div className="p-today">
          <p className="soft">Good {partOfDay(now, zone)}, {me.name.split(' ')[0]}</p>
          <h1>{today(facts)}</h1>
          {line && <p className="soft">{line}</p>}
          {day && <p><a href={`/my/day/${day.visit}`}>How the day goes</a></p>}
        </div>
        <NextThing facts={facts} />
        {course.failure !== undefined && !course.value && (used.connection === 'away'
          ? <p className="soft">What is asked of you and the line of your course show again when the connection is back.</p>
          : <CouldNotAsk failure={course.failure} again={course.again} kept="Your visits above are from what this device has kept." />)}
        {thread.length > 0 && <section className="k-stack k-stack--tight" aria-labelledby="line"><h2 id="line">Your course</h2><Thread label="Your course, visit by visit" visits={thread} /><p><a href="/my/plan">All dates, places and people</a></p></section>}
        {thread.length === 0 && course.value && <EmptyState what="Your course will stand here as a line, with a dot where you are." begin="It appears once your course has been planned with you." />}
      </Stack>
    </Frame>
  )
}

function NextThing({ facts }: { readonly facts: HomeFacts }) {
  const next = nextThing(facts)
  if (!next) return <p className="p-nothing">{facts.course?.openSession ? `The people beside you see to everything. It is ${clockTime(facts.now, facts.zone)}.` : facts.course ? 'There is nothing for you to do right now.' : ''}</p>
  return (
    <section className="k-card p-next" aria-labelledby="next">
      <h2 id="next">{next.title}</h2>
      <p>{next.says}</p>
      <ButtonLink kind="primary" size="room" wide href={next.to}>{next.action}</ButtonLink>
    </section>
  )
}

function partOfDay(now: string, zone: string) {
  const hour = Number(new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(new Date(now)))
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
}
