import { randomUUID } from 'node:crypto'
import { cliniciansToTell } from '../../core/access/whom-to-tell.ts'
import { isCrisisCall } from '../../core/matching/call-sheet.ts'
import { shortlist, type TherapistOnList } from '../../core/matching/shortlist.ts'
import { phaseOf } from '../../core/course/protocol.ts'
import { firstVisitSlots, type Slot } from '../../core/scheduling/slots.ts'
import { isLicensedIn } from '../../core/scheduling/licensed.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { plusDays, plusMinutes } from '../../core/shared/time.ts'
import { inState } from '../../core/shared/us-states.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { InquiryRow, StaffRow } from '../../core/contract/running.ts'
import { callSheet, crisisCall } from '../../knowledge/call-sheet.ts'
import { matching } from '../../knowledge/matching.ts'
import { bookVisits } from '../store/calendar.ts'
import { courseLoads, joinTeam, tell } from '../store/charts.ts'
import { holdInquiry, inquiries, keepCall } from '../store/inquiries.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { entry } from './acts.ts'
import { write } from './charts.ts'
import { defaultProtocol } from './course.ts'
import { withOutlook } from './first-visits.ts'
import { calendars } from './plan-request.ts'
import { newPatient, samePerson } from './patients.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** How far ahead a first visit is looked for, how many times are offered, and how finely starts are tried. */
const LOOK_DAYS = 21
const OFFERED = 6
const A_DAY = 2
const STEP_MIN = 30

export const inquiryHandlers: Handlers<'inquiries' | 'logCall' | 'shortlist' | 'match' | 'closeInquiry'> = {
  async inquiries(_, here) {
    return { inquiries: (await inquiries(here, here.now, defaultProtocol.firstVisitWithinDays)).map(withOutlook(here)) }
  },
  async logCall({ params, body }, here) {
    await holdInquiry(here, params.id)
    const before = await one(here, params.id)
    const { preferences, ...call } = body
    await keepCall(here, params.id, call, preferences)
    if (isCrisisCall(callSheet, call)) await tellOfCrisis(here, before)
    return withOutlook(here)(await one(here, params.id))
  },
  async shortlist({ params }, here) {
    const inquiry = await one(here, params.id)
    const people = (await staff(here)).filter(({ roles, active }) => active && roles.includes('therapist'))
    const slots = await slotsFor(here, inquiry, people)
    const load = await courseLoads(here)
    const { sitsIn, ...wished } = inquiry.preferences
    const { zone } = await practiceRow(here)
    const onList = people.map((row): TherapistOnList => {
      const firstFreeAt = slots.get(row.person)?.[0]?.startsAt ?? null
      return { ...row, load: load.get(row.person) ?? 0, firstFreeAt, ...(sitsIn === '' ? {} : { licensedThere: isLicensedIn(row.planning.licences, sitsIn, localDay(firstFreeAt ?? here.now, zone)) }) }
    })
    const list = shortlist({ ...wished, ...(sitsIn === '' ? {} : { sitsIn: inState(sitsIn) }) }, onList, matching, here.now)
    return {
      notOffered: list.notOffered.map((one) => ({ ...one })),
      therapists: list.offered.map(({ therapist, name, score, for: fits, against }) => {
        const row = people.find(({ person }) => person === therapist)!
        return { therapist, name, credentials: row.credentials, about: row.about, score, for: fits.map(({ says }) => says), against: against.map(({ says }) => says), slots: (slots.get(therapist) ?? []).map(slotOf) }
      }),
    }
  },
  async match({ params, body }, here) {
    const inquiry = await one(here, params.id)
    if (inquiry.chart) throw new Problem('step.blocked', { list: [{ code: 'matched', says: 'This person was matched already.' }] })
    if (!inquiry.call?.outcome) throw new Problem('step.blocked', { list: [{ code: 'call', says: 'The first call has not been written down yet.' }] })
    const therapist = (await staff(here)).find(({ person, roles }) => person === body.therapist && roles.includes('therapist'))
    if (!therapist) throw new Problem('not-found')
    const [chart, visit] = [body.existing ?? randomUUID(), randomUUID()]
    const before = body.existing ? await samePerson(here, body.existing, body) : undefined
    if (!before) await newPatient(here, chart, body)
    await joinTeam(here, chart, therapist.person, 'therapist', here.now)
    const booked: BookedVisit = { visit, type: 'intake', number: (before?.intakes ?? 0) + 1, ...body.slot, people: [{ person: therapist.person, name: therapist.name, role: 'therapist' }] }
    await bookVisits(here, chart, [booked], ({ endsAt }) => endsAt, here.now)
    await write(here, chart, arrival(here, inquiry, body, booked).filter(({ kind }) => !before || kind !== 'demographics.v1'), 'inquiry.matched', true)
    await here.client.query(`update app.inquiry set state = 'matched', chart_id = $3 where practice_id = $1 and inquiry_id = $2`, [here.actor.practice, params.id, chart])
    return { chart, visit }
  },
  async closeInquiry({ params, body }, here) {
    await one(here, params.id)
    await here.client.query(`update app.inquiry set state = 'closed', closed_why = $3 where practice_id = $1 and inquiry_id = $2`, [here.actor.practice, params.id, body.why])
    return { done: true }
  },
}

/** A danger heard on a call goes to clinicians by name, once, and stays on their list until they acknowledge it. Heard again after that, it is told again. */
async function tellOfCrisis(here: Here, { id, name, phone, call, crisis = [] }: InquiryRow): Promise<void> {
  const stands = crisis.some(({ acknowledgedAt }) => acknowledgedAt === null) || (crisis.length > 0 && isCrisisCall(callSheet, call))
  if (stands) return
  const { zone } = await practiceRow(here)
  const says = `${name} may be in danger: the desk heard on a call that something cannot wait. ${phone ? `Their number is ${phone}.` : 'They gave no number; the desk knows how to reach them.'} Speak with the desk now, and acknowledge this when you have taken it over.`
  await tell(here.client, here.actor.practice, cliniciansToTell(await staff(here), here.now, zone), { inquiry: id, kind: 'crisis', says, at: here.now, answerBy: plusMinutes(here.now, crisisCall.acknowledgedWithinMin) })
}

async function one(here: Here, id: string): Promise<InquiryRow> {
  const [found] = await inquiries(here, here.now, defaultProtocol.firstVisitWithinDays, id)
  if (!found) throw new Problem('not-found')
  return found
}

/** What the new chart begins with: who the person is, what they wrote, the call, the choice, the first visit. */
function arrival(here: Here, inquiry: InquiryRow, body: { therapist: string; device: string; givenName: string; familyName: string; birthDate: string; email: string; phone?: string | undefined }, booked: BookedVisit) {
  const made = <Kind extends Parameters<typeof entry>[0]>(kind: Kind, content: Parameters<typeof entry<Kind>>[4]) => entry(kind, randomUUID(), body.device, here, content)
  const { call, preferences } = inquiry
  return [
    made('demographics.v1', { givenName: body.givenName, familyName: body.familyName, birthDate: body.birthDate, email: body.email, ...(body.phone ? { phone: body.phone } : {}), language: preferences.language }),
    made('inquiry-received.v1', { inquiry: inquiry.id, receivedAt: inquiry.receivedAt, message: inquiry.message, preferences: { conditions: preferences.conditions, approaches: preferences.approaches, modality: preferences.modality, days: preferences.days.map(String), partOfDay: preferences.partOfDay, language: preferences.language, ...(preferences.sitsIn === '' ? {} : { sitsIn: preferences.sitsIn }) } }),
    made('call-logged.v1', { startedAt: call!.startedAt, endedAt: call!.endedAt ?? here.now, answers: Object.entries(call!.answers).map(([question, value]) => ({ question, value })), outcome: call!.outcome as 'goes-on', note: call!.note }),
    ...(preferences.sitsIn === '' ? [] : [made('sits-in.v1', { state: preferences.sitsIn, via: call!.answers['sits-in'] ? 'call' : 'form' })]),
    made('match-chosen.v1', { therapist: body.therapist, reasons: [], offered: [] }),
    made('visits-booked.v1', { visits: [booked], why: 'First visit, chosen on the call.' }),
  ]
}

async function slotsFor(here: Here, inquiry: InquiryRow, people: readonly StaffRow[]): Promise<Map<string, Slot[]>> {
  const { zone } = await practiceRow(here)
  const earliest = localDay(here.now, zone)
  const { people: calendarsOf, rooms, closed } = await calendars(here, [], { until: plusDays(here.now, LOOK_DAYS + 1) })
  const { modality, sitsIn } = inquiry.preferences
  const online = modality === 'online'
  const byPerson = new Map<string, Slot[]>()
  for (const { person } of people) {
    const { slots } = firstVisitSlots({
      protocol: defaultProtocol, zone, earliest, latest: localDay(plusDays(here.now, LOOK_DAYS), zone), people: calendarsOf, rooms, closed, stepMin: STEP_MIN, limit: OFFERED, perDay: A_DAY, type: 'intake', therapists: [person],
      notBefore: plusMinutes(here.now, 60), matchedOn: earliest, wishes: { when: [], blackout: [], online: online && phaseOf(defaultProtocol, 'intake')?.place === 'either' ? ['intake'] : [] }, ...(sitsIn === '' ? {} : { sitsIn }),
    })
    byPerson.set(person, slots.slice())
  }
  return byPerson
}

const slotOf = ({ startsAt, endsAt, localStart, zone, room, online }: Slot) => ({ startsAt, endsAt, localStart, zone, online, ...(room ? { room } : {}) })
