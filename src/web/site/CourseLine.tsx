import { phaseOf, type Protocol } from '../../core/course/protocol.ts'
import { visitWords } from '../../knowledge/pages.ts'
import { courseWeeks, type CourseVisit } from './course.ts'
import { inHours, inWords, listed } from './slots.ts'

const nameOf = (visit: CourseVisit) => (visit.of > 1 ? `${visitWords[visit.type].name} ${visit.number}` : visitWords[visit.type].name)

/** The whole course on one line, drawn from the protocol: small dots are visits to talk, large ones are doses. */
export function CourseGlance({ protocol }: { readonly protocol: Protocol }) {
  const weeks = courseWeeks(protocol)
  const step = 640 / Math.max(1, weeks.length)
  const medicines = phaseOf(protocol, 'medicine')?.count ?? 0
  return (
    <figure className="glance">
      {/* The weeks stand in words further down, so the drawing is only named. */}
      <span className="heard">{`A line of ${weeks.length} weeks, with ${medicines} large dots for medicine sessions near its end.`}</span>
      <svg viewBox="0 0 640 56" aria-hidden="true" focusable="false">
        <line x1="6" x2="634" y1="28" y2="28" className="glance__line" />
        {weeks.map((week, place) => {
          const drawn = week.visits.filter((visit) => visit.type !== 'medical-clearance')
          return drawn.map((visit, at) => {
            const x = place * step + ((at + 0.5) * step) / drawn.length
            return visit.type === 'medicine'
              ? <circle key={`${week.number} ${at}`} cx={x} cy="28" r="11" className="glance__dose" />
              : <circle key={`${week.number} ${at}`} cx={x} cy="28" r="5.5" className="glance__visit" />
          })
        })}
      </svg>
      <figcaption><a href="#weeks">{inWords(weeks.length).replace(/^./, (first) => first.toUpperCase())} weeks, visit by visit</a></figcaption>
    </figure>
  )
}

/** The same line standing upright, one row a week, to be followed with a finger. */
export function CourseWeeks({ protocol }: { readonly protocol: Protocol }) {
  const weeks = courseWeeks(protocol)
  const call = phaseOf(protocol, 'inquiry-call')
  return (
    <ol className="weeks">
      {call && <li className="week"><span className="week__name">First</span><ul><Visit visit={{ type: 'inquiry-call', number: 1, of: 1, durationMin: call.durationMin }} says={visitWords['inquiry-call'].says} /></ul></li>}
      {weeks.map((week) => (
        <li key={week.number} className="week" data-stage={week.stage}>
          <span className="week__name">Week {week.number}</span>
          <ul>{week.visits.map((visit) => <Visit key={`${visit.type} ${visit.number}`} visit={visit} says={visit.number === 1 ? visitWords[visit.type].says : undefined} />)}</ul>
        </li>
      ))}
      {protocol.followUpDays.length > 0 && (
        <li className="week" data-stage="after">
          <span className="week__name">After</span>
          <ul><li className="visit" data-type="follow-up"><span className="visit__name">{visitWords['follow-up'].name}</span> <span className="visit__says">{listed(protocol.followUpDays.map(String))} days after the last dose</span></li></ul>
        </li>
      )}
    </ol>
  )
}

const Visit = ({ visit, says }: { readonly visit: CourseVisit; readonly says: string | undefined }) => (
  <li className="visit" data-type={visit.type}>
    <span className="visit__name">{nameOf(visit)}</span> <span className="visit__long">{inHours(visit.durationMin)}</span>
    {says && <span className="visit__says"> {says}</span>}
  </li>
)
