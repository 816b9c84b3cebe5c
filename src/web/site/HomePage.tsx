import type { ReactNode } from 'react'
import { phaseOf, type Protocol } from '../../core/course/protocol.ts'
import type { Wait } from '../../core/scheduling/first-visit.ts'
import { accessWords, conditions, howWell, opening, questions, safety, steps, timeOff, whatItIs, whoFor, type Section } from '../../knowledge/pages.ts'
import { Disclosure } from '../kit/index.ts'
import { CourseGlance, CourseWeeks } from './CourseLine.tsx'
import { Footnotes } from './notes.ts'
import type { PracticeView } from './practice.ts'
import { fill, slotsOf } from './slots.ts'
import { promiseHolds, waitPhrase, type FirstVisitView } from './wait.ts'
import { WaitLine } from './WaitLine.tsx'
import { Claims, Sources, type Telling } from './Text.tsx'

const contents = [
  ['what', 'What it is'], ['for-you', 'Is it for you?'], ['steps', 'What happens'], ['weeks', 'Week by week'], ['results', 'How well it works'], ['safety', 'Is it safe?'],
  ['time-off', 'Time off'], ['conditions', 'What people come with'], ['questions', 'Questions'], ['write', 'Write to us'],
] as const

/** The public page: what KAP is, for whom, what it asks, what is known, and one invitation at the end. */
export function HomePage({ practice, protocol }: { readonly practice: PracticeView; readonly protocol: Protocol }) {
  const telling: Telling = { slots: slotsOf(protocol), notes: new Footnotes() }
  const [hook, ...lead] = opening
  const kept = promiseHolds(practice.firstVisit, protocol)
  return (
    <article>
      <div className="opening">
        <p className="opening__of">Ketamine-assisted psychotherapy at {practice.name}</p>
        <h1>{hook && fill(hook.text, telling.slots)}</h1>
        <p className="opening__lead"><Claims claims={lead} telling={telling} /></p>
        {protocol.access === 'current-clients-only' && <p className="access"><strong>{accessWords[protocol.access].short}.</strong> {accessWords[protocol.access].says}</p>}
        <CourseGlance protocol={protocol} />
        <nav aria-label="On this page" className="contents"><ul>{contents.map(([id, label]) => <li key={id}><a href={`#${id}`}>{label}</a></li>)}</ul></nav>
      </div>
      <Told section={whatItIs} telling={telling} />
      <Told section={whoFor} telling={telling} />
      <Chapter id="steps" heading="What happens, step by step">
        {steps.map((step) => <div key={step.id} className="step"><h3>{fill(step.heading, telling.slots)}</h3><p><Claims claims={step.says} telling={telling} /></p></div>)}
      </Chapter>
      <Weeks protocol={protocol} telling={telling} />
      <Told section={howWell} telling={telling} />
      <Told section={safety} telling={telling} />
      <Told section={timeOff} telling={telling} />
      <Chapter id="conditions" heading="What people come with">
        <p>A name for what you carry is not needed to write to us. These are the ones we hear most, with what is known about each.</p>
        <dl className="known">{conditions.map((condition) => <div key={condition.id} id={`condition-${condition.id}`}><dt>{condition.name}</dt>{condition.says && <dd><Claims claims={[condition.says]} telling={telling} /></dd>}</div>)}</dl>
      </Chapter>
      {practice.services.length > 0 && (
        <Chapter id="services" heading="What else we do"><dl className="known">{practice.services.map((service) => <div key={service.name}><dt>{service.name}</dt><dd>{service.says}{otherWait(service.wait, practice.firstVisit)}</dd></div>)}</dl></Chapter>
      )}
      <Chapter id="questions" heading="Questions">
        <div>{questions.map((question) => <Disclosure key={question.id} summary={question.asks}><p><Claims claims={question.says.filter(({ promise }) => !promise || kept)} telling={telling} /></p></Disclosure>)}</div>
      </Chapter>
      <Invitation practice={practice} protocol={protocol} />
      <Chapter id="sources" heading="Where this comes from" quiet>
        <p>Small numbers in the text lead here. Sentences without one say how this practice works: that is set down in the protocol it follows, not found by a study. Figures are those of the studies, not ours, and nobody can promise you the same.</p>
        <Sources notes={telling.notes} />
      </Chapter>
    </article>
  )
}

function Chapter({ id, heading, quiet = false, children }: { readonly id: string; readonly heading: string; readonly quiet?: boolean; readonly children: ReactNode }) {
  return (
    <section className={quiet ? 'chapter chapter--quiet' : 'chapter'} id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{heading}</h2>
      <div className="chapter__text">{children}</div>
    </section>
  )
}

const Told = ({ section, telling }: { readonly section: Section; readonly telling: Telling }) => (
  <Chapter id={section.id} heading={section.heading}>
    {section.says.map((paragraph) => <p key={paragraph[0]?.text}><Claims claims={paragraph} telling={telling} /></p>)}
    {section.list && <ul className="points">{section.list.map((claim) => <li key={claim.text}><Claims claims={[claim]} telling={telling} /></li>)}</ul>}
    {section.after?.map((paragraph) => <p key={paragraph[0]?.text}><Claims claims={paragraph} telling={telling} /></p>)}
  </Chapter>
)

function Weeks({ protocol, telling }: { readonly protocol: Protocol; readonly telling: Telling }) {
  const range = phaseOf(protocol, 'medicine')?.countRange
  return (
    <Chapter id="weeks" heading="Week by week">
      <p>{fill('An example of a whole course: {weeks} weeks, and about {therapyHours} hours with your therapist. Your own dates are planned with you.', telling.slots)}</p>
      <CourseWeeks protocol={protocol} />
      {range && range[0] < range[1] && <p>{fill('Some people need fewer sessions, some all of them: it is {medicines}. We look at it together on the way, and you can end the course whenever you want.', telling.slots)}</p>}
      {protocol.maintenance === 'on-relapse-or-warning' && <p>Should things slide back later, you, your therapist and the prescriber decide whether a further session makes sense. None is planned in advance.</p>}
    </Chapter>
  )
}

/** A course whose first visit is free at another time than that of the one described says so. */
function otherWait(wait: Wait | undefined, main: FirstVisitView | undefined): string {
  const [own, described] = wait && main ? [waitPhrase(wait, main.today), waitPhrase(main.wait, main.today)] : []
  return own === undefined || own === described ? '' : ` Next free first visit: ${own}.`
}

const Invitation = ({ practice, protocol }: { readonly practice: PracticeView; readonly protocol: Protocol }) => (
  <section className="invitation" id="write" aria-labelledby="write-heading">
    <h2 id="write-heading">If you would like to talk</h2>
    <p>{accessWords[protocol.access].says} You can also first go through a few private questions. They stay on your own screen.</p>
    <WaitLine practice={practice} protocol={protocol} />
    <p className="invitation__ways"><a className="k-button k-button--primary" href="/inquiry">Write to us</a> <a className="k-button k-button--quiet" href="/check">A private check first</a></p>
    <address>
      <a href={`tel:${practice.phone.replaceAll(/[^\d+]/g, '')}`}>{practice.phone}</a> · {practice.hours}<br />
      <a href={`mailto:${practice.email}`}>{practice.email}</a><br />
      {practice.place.split('\n').map((line) => <span key={line}>{line}<br /></span>)}
    </address>
  </section>
)
