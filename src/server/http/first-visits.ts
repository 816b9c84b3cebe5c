import { readChart } from '../../core/chart/chart.ts'
import { preferences, type InquiryRow } from '../../core/contract/running.ts'
import { firstVisitOn } from '../../core/course/first-visit-on.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { takesNew } from '../../core/matching/shortlist.ts'
import { whyNotBy, wishesOf, type FirstVisitSearch, type Wanted } from '../../core/scheduling/first-visit.ts'
import { keptWords, promiseKept, type Kept } from '../../core/scheduling/promise-kept.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { plusDays, plusMinutes, type Day } from '../../core/shared/time.ts'
import { matching } from '../../knowledge/matching.ts'
import { inBreaths } from '../in-breaths.ts'
import { courseLoads, readEntries } from '../store/charts.ts'
import { inquiries, newestInquiries } from '../store/inquiries.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { defaultProtocol } from './course.ts'
import { asJob } from './job.ts'
import { calendarsFrom } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** How far ahead first visits are looked for, and how finely starts are tried. */
const LOOK_DAYS = 28
const STEP_MIN = 30
/** The inquiries the owner's figures are about. */
const LAST = 50

type Reading = Pick<Here, 'client' | 'actor' | 'now'>

export const firstVisitHandlers: Handlers<'whyNotInTime' | 'firstVisitsKept'> = {
  async whyNotInTime({ params }, here) {
    const [inquiry] = await inquiries(here, here.now, defaultProtocol.firstVisitWithinDays, params.id)
    if (!inquiry) throw new Problem('not-found')
    const { zone } = await practiceRow(here)
    const [today, dueOn] = [localDay(here.now, zone), localDay(inquiry.firstVisitDueBy, zone)]
    if (!waitsForVisit(inquiry) || dueOn < today) return { reasons: [] }
    return { reasons: [...await inBreaths(whyNotBy((await firstVisitSearches(here))(defaultProtocol, today), wantedOf(inquiry.preferences), dueOn))] }
  },
  async firstVisitsKept(_, here) {
    const { zone } = await practiceRow(here)
    const today = localDay(here.now, zone)
    // Whoever keeps the practice reads no clinical entry: what comes back of the charts is how many.
    const each = await asJob(here.shell, here.actor.practice, async (client) => {
      const asked = { client, actor: here.actor }
      const found: Kept[] = []
      for (const { receivedAt, firstVisitDueBy, state, chart } of await newestInquiries(asked, defaultProtocol.firstVisitWithinDays, LAST)) {
        const visit = chart ? firstVisitOn(readChart(await readEntries(asked, chart)), receivedAt, zone) : { cameOn: null, bookedOn: null }
        found.push(promiseKept({ dueOn: localDay(firstVisitDueBy, zone), state, ...visit }, today))
      }
      return found
    })
    return { withinDays: defaultProtocol.firstVisitWithinDays, last: each.length, counts: keptWords.map((what) => ({ what, count: each.filter((one) => one === what).length })) }
  },
}

/** The calendars as they stand now, to look for first visits of any course. */
export async function firstVisitSearches(reading: Reading): Promise<(protocol: Protocol, earliest: Day) => FirstVisitSearch> {
  const { zone } = await practiceRow(reading)
  const { people, rooms, closed } = await calendarsFrom(reading, { until: plusDays(reading.now, LOOK_DAYS + 1) })
  const load = await courseLoads(reading)
  const therapists = (await staff(reading)).filter(({ active, roles }) => active && roles.includes('therapist')).map((row) => ({ person: row.person, online: row.online, inPerson: row.inPerson, takesNew: takesNew({ ...row, load: load.get(row.person) ?? 0 }) }))
  return (protocol, earliest) => ({ protocol, zone, people, rooms, closed, therapists, stepMin: STEP_MIN, earliest, latest: plusDaysOf(earliest, LOOK_DAYS), notBefore: plusMinutes(reading.now, 60) })
}

/** Whoever said on the call that they will not go on waits for nothing. Everybody else does until they have a visit, or the inquiry is closed. */
export const waitsForVisit = ({ state, call }: Pick<InquiryRow, 'state' | 'call'>): boolean =>
  (state === 'new' || state === 'called') && call?.outcome !== 'not-now' && call?.outcome !== 'referred-elsewhere'

/** What the form says when nobody chose a language. */
const { language: leftOpen } = preferences.parse({})

export const wantedOf = ({ modality, language, days, partOfDay, sitsIn }: InquiryRow['preferences']): Wanted => ({
  ways: modality === 'either' ? ['in-person', 'online'] : [modality],
  ...(language === leftOpen ? {} : { language }), ...(sitsIn === '' ? {} : { sitsIn }),
  when: wishesOf({ days, partOfDay }, matching.dayParts),
})

/** What an inquiry asks for, as one text: what was seen for another wish or another day says nothing of this one. */
export const askedBy = ({ preferences: named, firstVisitDueBy }: InquiryRow): string => JSON.stringify([wantedOf(named), firstVisitDueBy])

/** An inquiry with what was seen for it when the calendars were last looked through. Not looked at is unknown, and never in time. */
export function withOutlook(here: Here): (row: InquiryRow) => InquiryRow {
  const seen = here.shell.firstVisits.read(here.actor.practice, here.now)
  return (row) => {
    if (!waitsForVisit(row)) return { ...row, outlook: null }
    const outlook = seen?.outlooks.get(row.id)
    return { ...row, outlook: seen && outlook?.asked === askedBy(row) ? { state: outlook.state, on: outlook.on, gives: [...outlook.gives], lookedAt: seen.at } : { state: 'unknown', on: null, gives: [], lookedAt: null } }
  }
}
