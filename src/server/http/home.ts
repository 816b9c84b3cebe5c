import { readChart } from '../../core/chart/chart.ts'
import { clinicians } from '../../core/chart/kinds/kind.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { HomeChange, HomeQuestion, HomeRow } from '../../core/contract/charting.ts'
import type { Role } from '../../core/access/roles.ts'
import { kinds } from '../../core/chart/kinds.ts'
import { careTasks, type CareTask } from '../../core/course/care-tasks.ts'
import { colleagueQuestions } from '../../core/course/colleague-questions.ts'
import { misuseLook } from '../../core/misuse/look.ts'
import { changesToSettle } from '../../core/scheduling/told-changes.ts'
import { maySettle, ownerOf, recordMatters } from '../../core/session/record-matters.ts'
import { dayEnd, dayStart, localDay, sayDay, sayTime } from '../../core/shared/local-day.ts'
import { daysBetween, plusMinutes } from '../../core/shared/time.ts'
import { onCallRows } from '../../knowledge/on-call.ts'
import { editionInForce, type Edition } from '../rulebook.ts'
import { visitsBetween } from '../store/calendar.ts'
import { chartRows, fromRow, type ChartRow } from '../store/charts.ts'
import { quarantineRows } from '../store/quarantine.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { together } from '../store/together.ts'
import { beforeSessions } from './before.ts'
import { asJob } from './job.ts'
import { shownRow } from './quarantine.ts'
import { alarmsOf, takenBefore } from './on-call.ts'
import { medicineOpen } from './ledger-shown.ts'
import { courseOf, plain } from './course.ts'
import { courseOn } from './judging.ts'
import { Problem } from './problems.ts'
import { waitingFor } from './proposals.ts'
import type { Handlers, Here } from './shell.ts'
import { sayToSettle } from './visit-told.ts'

/** What one person has to see when they open the day: computed from the charts each time, so it cannot disagree with them. */
export const homeHandlers: Handlers<'home' | 'notices' | 'noticeDone'> = {
  async home(_, here) {
    const desk = here.actor.roles.includes('coordinator') || here.actor.roles.includes('owner')
    const [{ zone }, charts, mine, edition, people, told, toSign, inquiries, medicine] = await together(
      practiceRow(here), chartRows(here), teamRoles(here), editionInForce(here), staff(here), notices(here), waitingFor(here), desk ? waitingInquiries(here) : null, medicineOpen(here),
    )
    const today = localDay(here.now, zone)
    const ids = charts.map(({ chart }) => chart)
    const [entries, everyTeam, visits, alarms, before, quarantined, spoken] = await together(
      entriesOf(here, ids), teamsOf(here, ids), visitsBetween(here, dayStart(today, zone), dayEnd(today, zone)), alarmsOf(here, new Map(charts.map(({ chart, name }) => [chart, name]))),
      beforeSessions(here, { zone, edition, people, charts: new Map(charts.map(({ chart, name }) => [chart, { name, treats: mine.get(chart)?.some(isClinician) ?? false }])) }), quarantinedOf(here, charts), spokenToMyself(here, charts),
    )
    const teams = new Map([...everyTeam].filter(([chart]) => mine.get(chart)?.some(isClinician)))
    const rows = charts.map((row) => ({ ...homeRow(row, entries.get(row.chart) ?? [], { edition, now: here.now, zone, onTeamAs: mine.get(row.chart) ?? [], actor: here.actor, team: everyTeam.get(row.chart) ?? [], people }), matters: mattersOf(entries.get(row.chart) ?? [], teams.get(row.chart) ?? [], here, zone, people) }))
    return {
      now: here.now, alarms, before, changes: changesOf(charts, entries, here), notices: told, questions: questionsOf(charts.filter(({ chart }) => mine.get(chart)?.some(isClinician)), entries, here, people), toSign, quarantined, spokenToMyself: spoken, inquiries, medicine,
      rows: rows.toSorted((a, b) => urgency(a) - urgency(b) || (a.care[0]?.dueBy ?? '9').localeCompare(b.care[0]?.dueBy ?? '9') || (a.dueBy ?? '9').localeCompare(b.dueBy ?? '9') || a.name.localeCompare(b.name)),
      today: visits.filter((visit) => desk || visit.people.some(({ person }) => person === here.actor.person)).map((visit) => ({ ...visit, patients: visit.patients.flatMap(({ chart, name }) => (chart ? [{ chart, name }] : [])) })),
    }
  },
  notices: async (_, here) => ({ now: here.now, notices: await notices(here) }),
  async noticeDone({ params }, here) {
    await here.client.query('select app.take_alarm($1, $2, $3)', [params.id, here.now, plusMinutes(here.now, onCallRows.contactWithinMin)])
    const { rows: [notice] } = await here.client.query<{ kind: string; entry: string | null }>('update app.notice set done_at = coalesce(done_at, $3) where practice_id = $1 and notice_id = $2 returning kind, entry_id as entry', [here.actor.practice, params.id, here.now])
    if (!notice) throw new Problem('not-found')
    return { done: true, takenBefore: notice.kind === 'on-call' && notice.entry ? await takenBefore(here, notice.entry) : null }
  },
}

/** Signs of misuse are read by those whom the table of kinds names, and no others hear that there are some. */
const readsSigns = (role: Role) => kinds['misuse-sign.v1'].read.includes(role)
const isClinician = (role: Role) => (clinicians as readonly Role[]).includes(role)

const STATES = ['overdue', 'due', 'open', 'blocked', 'not-yet', 'done']
/** Who needs you comes first: a running session, a risk, what nobody may forget and is yours, what is overdue, then what is yours to do. */
const urgency = (row: HomeRow) => (row.openSession ? 0 : row.risk ? 1 : row.care.some(({ mine, overdue }) => mine && overdue) ? 2 : row.care.some(({ mine }) => mine) ? 3 : 4 + STATES.indexOf(row.state) + (row.mine ? 0 : 6))

interface Reader {
  readonly edition: Edition
  readonly now: string
  readonly zone: string
  readonly onTeamAs: readonly Role[]
  readonly actor: Here['actor']
  readonly team: readonly Member[]
  readonly people: readonly { readonly person: string; readonly name: string }[]
}

function homeRow(row: ChartRow, entries: readonly StoredEntry[], reader: Reader): Omit<HomeRow, 'matters'> {
  const { edition, now, zone, onTeamAs, actor: { roles } } = reader
  const chart = readChart(entries)
  const course = courseOf({ chart, ...courseOn(row, edition), zone, edition }, now)
  const { next } = course
  const acting = [...onTeamAs, ...roles.filter((role) => role === 'coordinator' || role === 'owner')]
  // What is yours to do comes before what is somebody else's, even when theirs is earlier in the course.
  const own = course.steps.find((step) => (step.state === 'overdue' || step.state === 'due' || step.state === 'open') && step.who.some((role) => acting.includes(role)))
  const step = own && next && !next.who.some((role) => acting.includes(role)) ? own : next
  // Why a clearance does not stand is for those who treat; the desk reads that it does not.
  const shownStep = step && !onTeamAs.some(isClinician) ? plain(step) : step
  return {
    chart: row.chart, name: row.name, stage: course.stage, next: shownStep?.title ?? 'Nothing is due', nextStep: shownStep?.id ?? null, who: [...(shownStep?.who ?? [])], state: shownStep?.state ?? 'done',
    dueBy: shownStep?.dueBy ?? null, since: shownStep?.since ?? null, blocked: (shownStep?.blockedBy ?? []).map(({ says }) => says), risk: onTeamAs.length > 0 && course.risks.length > 0,
    openSession: onTeamAs.length > 0 ? (course.openSession ?? null) : null, nextVisit: course.visits.find(({ endsAt }) => endsAt > now) ?? null, mine: shownStep?.who.some((role) => acting.includes(role)) ?? false,
    care: careOf(course, onTeamAs.some(readsSigns) ? misuseLook(chart, edition.book, now) : undefined, reader),
    done: { preparation: course.counts.preparation.done, medicine: course.counts.medicine.done, integration: course.counts.integration.done },
    needed: { preparation: course.counts.preparation.needed, medicine: course.counts.medicine.needed, integration: course.counts.integration.needed },
  }
}

/** Whose it is stands with it by name; the desk reads that somebody has to act, and none of the scores and doses behind it. */
function careOf(course: ReturnType<typeof courseOf>, signs: CareTask | undefined, { actor, onTeamAs, team, people }: Reader): HomeRow['care'] {
  const treats = onTeamAs.some(isClinician)
  const steps = treats ? course.steps : course.steps.map(plain)
  return [...careTasks({ steps: steps as typeof course.steps }), ...(signs ? [signs] : [])].map(({ about, step, says, who, dueBy, overdue }) => {
    const owner = who.map((role) => team.find((member) => member.role === role)).find((found) => found !== undefined)
    const isDesk = about === 'place-review' && (actor.roles.includes('coordinator') || actor.roles.includes('owner'))
    return { about, step, says, owner: people.find(({ person }) => person === owner?.person)?.name ?? null, dueBy, overdue, mine: isDesk || (treats && team.some(({ person, role }) => person === actor.person && who.includes(role))) }
  })
}

/** A no, no answer, or a yes that came too late: named, until somebody of the practice has settled it. */
const changesOf = (charts: readonly ChartRow[], entries: ReadonlyMap<string, readonly StoredEntry[]>, { actor, now }: Here): HomeChange[] =>
  (actor.roles.every((role) => role === 'patient') ? [] : charts.flatMap(({ chart, name }) => changesToSettle(readChart(entries.get(chart) ?? []), now).map((one) => ({ chart, name, told: one.told.id, at: one.answer?.at ?? one.told.body.until ?? one.told.at, says: sayToSettle(one) }))))
    .toSorted((a, b) => a.at.localeCompare(b.at))

interface Member { readonly person: string; readonly role: Role }

/** What is open about the records of sessions, for those who treat this person: the desk's team is empty here, and it hears nothing. */
function mattersOf(entries: readonly StoredEntry[], team: readonly Member[], { actor }: Here, zone: string, people: readonly { readonly person: string; readonly name: string }[]): HomeRow['matters'] {
  if (team.length === 0) return []
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? 'somebody of this practice'
  return recordMatters(readChart(entries), { name: nameOf, time: (at) => `${sayTime(at, zone)} on ${sayDay(at, zone)}` }).map((matter) => {
    const owner = ownerOf(matter, team)
    return { about: matter.about, session: matter.session, says: matter.says, owner: owner ? nameOf(owner.person) : null, mine: actor.person !== null && maySettle(matter, actor.person, team.filter(({ person }) => person === actor.person).map(({ role }) => role)) }
  })
}

async function teamsOf({ client, actor }: Here, charts: readonly string[]): Promise<Map<string, Member[]>> {
  const { rows } = await client.query<Member & { chart: string }>('select chart_id as chart, person_id as person, role from app.care_team where practice_id = $1 and chart_id = any($2) and until is null order by role', [actor.practice, charts])
  const teams = new Map<string, Member[]>()
  for (const { chart, person, role } of rows) teams.set(chart, [...(teams.get(chart) ?? []), { person, role }])
  return teams
}

/** By chart and by whoever wrote it, oldest first: as far as this person treats there. */
async function quarantinedOf(here: Here, charts: readonly ChartRow[]) {
  const open = (await quarantineRows(here)).map((row) => ({ ...shownRow(row), chart: row.chart })).filter(({ state }) => state === 'open')
  const together = new Map<string, typeof open>()
  for (const one of open) together.set(`${one.chart} ${one.by.person}`, [...(together.get(`${one.chart} ${one.by.person}`) ?? []), one])
  return [...together.values()].map((acts) => ({
    chart: acts[0]!.chart, name: charts.find(({ chart }) => chart === acts[0]!.chart)?.name ?? '', by: acts[0]!.by.name, entries: acts.reduce((sum, { entries }) => sum + entries, 0),
    from: acts.map(({ from }) => from).toSorted()[0]!, to: acts.map(({ to }) => to).toSorted().at(-1)!,
  }))
}

/** Psychotherapy notes that this person spoke and has not written out: known to nobody else, row security included. */
async function spokenToMyself({ client, actor }: Here, charts: readonly ChartRow[]) {
  const { rows } = await client.query<{ chart: string; count: number }>(`select e.chart_id as chart, count(*)::int as count from app.entry e where e.practice_id = $1 and e.kind = 'psychotherapy-recording.v1' and e.by_person = $2
    and not exists (select from app.entry w where w.practice_id = e.practice_id and w.stream_id = e.stream_id and w.kind = 'psychotherapy-recording-written.v1' and w.body->>'spoken' = e.id::text) group by e.chart_id`, [actor.practice, actor.person])
  return rows.map((row) => ({ ...row, name: charts.find(({ chart }) => chart === row.chart)?.name ?? '' }))
}

/** What this person was asked or has asked, on the charts of their own teams: overdue first, then by when an answer is needed. */
function questionsOf(charts: readonly ChartRow[], entries: ReadonlyMap<string, readonly StoredEntry[]>, { actor, now }: Here, people: readonly { readonly person: string; readonly name: string }[]): HomeQuestion[] {
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? 'somebody of this practice'
  const open = charts.flatMap(({ chart, name }) => colleagueQuestions(readChart(entries.get(chart) ?? []), now).flatMap(({ question, state }) => {
    const { by, body: { to, text, dueAt } } = question
    if (state === 'answered' || (by !== actor.person && to !== actor.person)) return []
    return [{ chart, name, question: question.id, text, from: nameOf(by), to: nameOf(to), dueAt: dueAt ?? null, overdue: state === 'overdue', mine: to === actor.person }]
  }))
  return open.toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || (a.dueAt ?? '~').localeCompare(b.dueAt ?? '~'))
}

async function teamRoles({ client, actor }: Here): Promise<Map<string, Role[]>> {
  const { rows } = await client.query<{ chart: string; roles: Role[] }>('select chart_id as chart, array_agg(role) as roles from app.care_team where practice_id = $1 and person_id = $2 and until is null group by chart_id', [actor.practice, actor.person])
  return new Map(rows.map(({ chart, roles }) => [chart, roles]))
}

/** The charts are read whole, for the rules; what leaves the server is one line about each. */
export async function entriesOf(here: Here, charts: readonly string[]): Promise<Map<string, StoredEntry[]>> {
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<Record<string, unknown> & { stream_id: string }>('select stream_id, seq, id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest from app.entry where practice_id = $1 and stream_id = any($2) order by stream_id, seq', [here.actor.practice, charts])
    const byChart = new Map<string, StoredEntry[]>()
    for (const row of rows) { const list = byChart.get(row.stream_id); if (list) list.push(fromRow(row)); else byChart.set(row.stream_id, [fromRow(row)]) }
    return byChart
  })
}

/** That a session has started is news only while it runs, that somebody asked only until they were answered, and that nothing is free for somebody only while they wait. */
async function notices({ client, actor }: Here) {
  const { rows } = await client.query<{ id: string; chart: string | null; entry: string | null; inquiry: string | null; kind: string; says: string; at: string }>(`select notice_id as id, chart_id as chart, entry_id as entry, case when kind = 'first-visit' then inquiry_id end as inquiry, kind, says, created_at as at from app.notice where practice_id = $1 and person_id = $2 and done_at is null and not (kind = 'session' and exists (select from app.session_claim c where c.practice_id = notice.practice_id and c.session_id = notice.entry_id and c.closed))
    and not (kind = 'first-visit' and exists (select from app.inquiry i where i.practice_id = notice.practice_id and i.inquiry_id = notice.inquiry_id and i.state in ('matched', 'closed')))
    and not (kind = 'move-asked' and exists (select from app.entry a where a.practice_id = notice.practice_id and a.stream_id = notice.chart_id and a.kind = 'move-answered.v1' and a.body->>'asked' = notice.entry_id::text)) order by answer_by is null, created_at desc limit 100`, [actor.practice, actor.person])
  return rows
}

async function waitingInquiries({ client, actor, now }: Here) {
  const { rows } = await client.query<{ waiting: number; oldest: string | null }>(`select count(*)::int as waiting, min(received_at) as oldest from app.inquiry where practice_id = $1 and state in ('new', 'called')`, [actor.practice])
  return { waiting: rows[0]!.waiting, oldestDays: rows[0]!.oldest ? Math.max(0, daysBetween(rows[0]!.oldest, now)) : null }
}
