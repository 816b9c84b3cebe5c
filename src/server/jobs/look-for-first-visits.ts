import { deskToTell } from '../../core/access/whom-to-tell.ts'
import type { InquiryRow } from '../../core/contract/running.ts'
import { phaseOf, type Protocol } from '../../core/course/protocol.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { givesSay, outlookSays } from '../../core/scheduling/first-visit-words.ts'
import { firstVisitWait, lateness, outlooksOf, type FirstVisitSearch, type Outlook, type Wait } from '../../core/scheduling/first-visit.ts'
import { dayNumber, showDay } from '../../core/scheduling/zone.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import type { Day } from '../../core/shared/time.ts'
import { defaultProtocol } from '../http/course.ts'
import { askedBy, firstVisitSearches, waitsForVisit, wantedOf } from '../http/first-visits.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { inBreaths } from '../in-breaths.ts'
import { editionInForce } from '../rulebook.ts'
import { tell } from '../store/charts.ts'
import { inquiries, isWorse } from '../store/inquiries.ts'
import { practiceRow, staff } from '../store/practice.ts'

type Looking = Pick<Shell, 'database' | 'clock' | 'firstVisits'>

/** So many different wishes are looked up in one sweep, longest waiting first. Whoever comes after them is unknown, and said to be. */
const MOST_DIFFERENT = 40

/**
 * Looks through the calendars for first visits: how long a stranger waits for each course that is offered, and whether
 * each who wrote can still come within the promise. What was seen is kept in memory; the desk is told of somebody who
 * cannot, once, and again only when it gets worse. Answers how many it told of.
 */
export async function lookForFirstVisits(shell: Looking, practice: string): Promise<number> {
  const now = shell.clock.now()
  const known = await asJob(shell, practice, async (client) => {
    const asked = { client, actor: { practice } as never, now }
    const { zone, settings } = await practiceRow(asked)
    const { book } = await editionInForce(asked)
    const open = (await inquiries(asked, now, defaultProtocol.firstVisitWithinDays)).filter(waitsForVisit)
    const named = [...(Array.isArray(settings['services']) ? settings['services'] : []), settings['protocol']]
    return { zone, open, searches: await firstVisitSearches(asked), courses: [defaultProtocol, ...named.flatMap((id) => courseIn(book, id as string) ?? [])] }
  })
  const today = localDay(now, known.zone)
  // Whoever writes now is called first: nobody is promised a time of today.
  const waits = await waitsOf(known.courses, (course) => known.searches(course, plusDaysOf(today, 1)))
  const looked = await outlooksFor(known.open, known.searches(defaultProtocol, today), known.zone)
  shell.firstVisits.keep(practice, { at: now, waits, outlooks: new Map(looked.map(({ inquiry, outlook }) => [inquiry.id, { ...outlook, asked: askedBy(inquiry) }])) })
  return asJob(shell, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    const desk = deskToTell(await staff(asked))
    let told = 0
    for (const { inquiry, dueOn, outlook } of looked) {
      if (!(await isWorse(asked, inquiry.id, lateness(outlook, dueOn), now))) continue
      await tell(client, practice, desk, { inquiry: inquiry.id, kind: 'first-visit', says: saysOf(inquiry, dueOn, outlook), at: now })
      told += 1
    }
    return told
  }, true)
}

/** Courses whose first visit asks for the same are looked up once. */
async function waitsOf(courses: readonly Protocol[], search: (course: Protocol) => FirstVisitSearch): Promise<Map<string, Wait>> {
  const alike = new Map<string, Wait>()
  const waits = new Map<string, Wait>()
  for (const course of courses) {
    const asks = JSON.stringify(phaseOf(course, 'intake') ?? null)
    const wait = alike.get(asks) ?? (await inBreaths(firstVisitWait(search(course))))
    alike.set(asks, wait)
    waits.set(course.id, wait)
  }
  return waits
}

interface Looked { readonly inquiry: InquiryRow; readonly dueOn: Day; readonly outlook: Outlook }

async function outlooksFor(open: readonly InquiryRow[], search: FirstVisitSearch, zone: string): Promise<Looked[]> {
  const outlook = outlooksOf(search)
  const different = new Set<string>()
  const looked: Looked[] = []
  for (const inquiry of open) {
    const [wanted, dueOn] = [wantedOf(inquiry.preferences), localDay(inquiry.firstVisitDueBy, zone)]
    different.add(JSON.stringify(wanted))
    if (different.size > MOST_DIFFERENT) break
    looked.push({ inquiry, dueOn, outlook: await inBreaths(outlook(wanted, dueOn)) })
  }
  return looked
}

function saysOf({ name }: InquiryRow, dueOn: Day, outlook: Outlook): string {
  const shown = (day: Day) => showDay(dayNumber(day))
  const gives = givesSay(outlook.gives, shown)
  return `${name} waits for a first visit. ${outlookSays(outlook, dueOn, shown)}${gives.length > 0 ? ` Sooner: ${gives.join('; ')}.` : ''}`
}
