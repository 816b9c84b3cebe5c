import { mayChoose } from '../../core/course/may-choose.ts'
import { sitsInOf } from '../../core/online/sits-in.ts'
import { mayPlan } from '../../core/course/next.ts'
import { dueRows, readCourse, type CourseNow } from '../../core/course/course.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { EXPOSURE, NO_ANSWER, WEEKLY } from '../../core/course/step.ts'
import { unknownCourse } from '../../core/course/unknown-course.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { instrumentOf } from '../../core/measures/instrument.ts'
import { formHere } from '../../core/measures/own-copy.ts'
import { withFormsHere } from '../../core/measures/when-here.ts'
import { dueMeasures } from '../../core/measures/due.ts'
import { whenHere } from '../../knowledge/instruments/timing.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { edition } from '../rulebook.ts'
import { formChoices } from '../store/forms.ts'
import { adoptions } from '../store/practice.ts'
import { entry, writeAct, written } from './acts.ts'
import { judge, judgeLocked, requireRules, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** Before anybody has chosen, the practice's first protocol says what a first visit looks like. */
export const defaultProtocol: Protocol = rulebook.protocols['solo-six']

export const courseOf = ({ chart, protocol, unknownCourse: unknown, zone, edition: { book } }: Pick<Judged, 'chart' | 'protocol' | 'unknownCourse' | 'zone' | 'edition'>, now: string): CourseNow =>
  (unknown === undefined ? readCourse(chart, protocol ?? defaultProtocol, book, now, zone) : unknownCourse(chart, unknown, book, now, zone))

export const courseHandlers: Handlers<'course' | 'chooseProtocol'> = {
  async course({ params }, here) {
    const judged = await judge(here, params.chart)
    const may = judged.unknownCourse === undefined ? mayPlan(judged.chart, judged.protocol ?? defaultProtocol, here.now, judged.zone) : { may: false as const, says: judged.unknownCourse }
    const sitsIn = sitsInOf(judged.chart)
    return { sitsIn: sitsIn ? { state: sitsIn.body.state, at: sitsIn.at } : null, course: { ...shown(courseOf(judged, here.now)), asOf: judged.lastSeq, measures: await askedOfPatient(here, judged), ...(judged.unknownCourse === undefined ? { safetyPlanWithinDays: (judged.protocol ?? defaultProtocol).gates.safetyPlanWithinDays } : {}) }, mayPlan: may.may ? { may: true, says: '' } : { may: false, says: may.says } }
  },
  async chooseProtocol({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    // Sent again after its answer was lost, it must not undo a choice made since.
    const before = await written(here, params.chart, body.id, 'course-chosen.v1', { protocol: body.protocol, note: body.note })
    if (before) return before
    const { edition: inForce } = judged
    const protocol = courseIn(inForce.book, body.protocol)
    if (!protocol) {
      requireRules(inForce)
      throw new Problem('not-found')
    }
    // A course is offered only where a medical director has adopted it, whatever the screen showed.
    const choice = mayChoose(protocol, await adoptions(here), protocol.own ? inForce.name : edition, inForce.book.protocols)
    if (!choice.may) throw new Problem('protocol.refused', { list: [{ code: choice.code, says: choice.says }] })
    const may = mayPlan(judged.chart, protocol, here.now, judged.zone)
    if (!may.may) throw new Problem('plan.refused', { list: [{ code: may.code, says: may.says }] })
    await here.client.query('update app.chart set protocol = $3 where practice_id = $1 and chart_id = $2', [here.actor.practice, params.chart, protocol.id])
    return writeAct(here, params.chart, 'protocol.chosen', entry('course-chosen.v1', body.id, body.device, here, { protocol: protocol.id, edition: choice.edition, ...(body.note ? { note: body.note } : {}) }))
  },
}

/** The questionnaires a person may answer now. Asked of the whole chart, because follow-ups count from doses that the person does not read. */
async function askedOfPatient(here: Here, { chart, protocol, unknownCourse: unknown, zone, edition: { book } }: Judged) {
  if (unknown !== undefined) return []
  const choices = await formChoices(here)
  const isHere = (name: string) => { const form = instrumentOf(book.instruments, name); return form !== undefined && formHere(form, choices) !== undefined }
  return dueMeasures(withFormsHere(protocol ?? defaultProtocol, whenHere, isHere), chart, here.now, { ...dueRows(book, zone), afterVisit: whenHere.afterVisit }).filter((due) => due.for === 'patient')
}

/** What the desk and the patient see of a course: what comes next and what is missing, without the clinical facts behind it. */
function shown({ stage, steps, next, counts, visits, openSession }: CourseNow) {
  return { stage, steps: steps.map(plain), next: next ? plain(next) : null, counts, visits, openSession: openSession ?? null }
}
export const plain = ({ facts: _facts, blockedBy, ...step }: CourseNow['steps'][number]) => ({ ...step, title: step.id === 'maintenance' ? 'Maintenance: for the clinicians to decide' : step.id === WEEKLY ? rulebook.measuring.weekly.plainly : (PLAIN_TITLES[step.id] ?? step.title), blockedBy: blockedBy.map(({ code, says }) => ({ code, says: code === 'clearance' || code === 'risk' ? PLAINLY[code] : says })) })
/** What the clinicians know of scores, forms and doses stays with them. */
const PLAIN_TITLES: Readonly<Record<string, string>> = { [NO_ANSWER]: 'Nobody knows how the person is: call', [EXPOSURE]: 'Something for the clinicians to look at' }
const PLAINLY = { clearance: 'Medical clearance is not in place.', risk: 'The clinicians have put this on hold.' } as const
