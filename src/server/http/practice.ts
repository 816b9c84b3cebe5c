import { adopt, adoptions, closingsOf, fees, keepFee, keepRoom, keepStaff, practiceRow, rooms, staff } from '../store/practice.ts'
import { mayChoose, newestAdoption, type Adoption } from '../../core/course/may-choose.ts'
import { wordsThatTell } from '../../core/scheduling/time-off.ts'
import { tellingWords } from '../../knowledge/time-off.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { Problem } from './problems.ts'
import { requireRules, requireShipped } from './judging.ts'
import { edition, editionInForce, sha256 } from '../rulebook.ts'
import { staffPlanning, type ClosingRow } from '../../core/contract/running.ts'
import { dayEnd, dayStart } from '../../core/shared/local-day.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { visitsBetween } from '../store/calendar.ts'
import { newToken } from '../sign-in/secrets.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

/** Three days to choose a password; then the owner invites again. */
const INVITED_MINUTES = 3 * 24 * 60

export const practiceHandlers: Handlers<'practice' | 'keepPractice' | 'keepClosings' | 'keepStaff' | 'inviteStaff' | 'keepRoom' | 'keepFee' | 'adoptProtocol' | 'rulebook'> = {
  async practice(_, here) {
    const row = await practiceRow(here)
    const { name, zone, settings } = row
    const patientOnly = here.actor.roles.every((role) => role === 'patient')
    const people = await staff(here)
    // A patient sees who works here, and not their hours, numbers, licences or mail.
    const shown = patientOnly ? people.map((row) => ({ ...row, email: null, npi: null, licence: null, planning: staffPlanning.parse({}), weekly: [], exceptions: [], capacity: 0 })) : people
    return { name, zone, settings, closings: closingsOf(row), staff: shown, rooms: await rooms(here), fees: await fees(here) }
  },
  async keepPractice({ body }, here) {
    const told = wordsThatTell(String(body.settings['letterName'] ?? ''), tellingWords)
    if (told.length > 0) throw new Problem('work-note.tells', { list: told.map((word) => ({ code: 'telling-word', says: `“${word}”` })) })
    // Closings have a route of their own: a form that was open for an hour does not bring old ones back.
    await here.client.query(`update app.practice set name = $2, zone = $3, settings = ($4::jsonb - 'closings') || jsonb_strip_nulls(jsonb_build_object('closings', settings->'closings')) where practice_id = $1`, [here.actor.practice, body.name, body.zone, JSON.stringify(body.settings)])
    return { done: true }
  },
  async keepClosings({ body }, here) {
    await here.client.query('select app.keep_closings($1, $2)', [JSON.stringify(body.add), JSON.stringify(body.remove)])
    const row = await practiceRow(here)
    const closings = closingsOf(row)
    return { closings, standing: await standingWhenClosed(here, closings, row.zone) }
  },
  async keepStaff({ body }, here) {
    const { rows } = await here.client.query(`select from app.membership where practice_id = $1 and role = 'owner' and person_id <> $2`, [here.actor.practice, body.person])
    if (rows.length === 0 && !body.roles.includes('owner')) throw new Problem('step.blocked', { list: [{ code: 'last-owner', says: 'A practice keeps at least one owner.' }] })
    await keepStaff(here, body)
    // Whoever leaves is out at once: every sign-in ends, and with it every live stream.
    if (!body.active) await here.client.query('select app.revoke_sessions($1, $2, $3, null)', [here.shell.database.key, here.actor.practice, body.person])
    return { done: true }
  },
  async inviteStaff({ params }, here) {
    const { rows } = await here.client.query<{ email: string | null }>(`select email from app.person p where practice_id = $1 and person_id = $2 and active and exists (select 1 from app.membership m where m.practice_id = p.practice_id and m.person_id = p.person_id and m.role <> 'patient')`, [here.actor.practice, params.person])
    if (!rows[0]) throw new Problem('not-found')
    const { email } = rows[0]
    if (!email) throw new Problem('step.blocked', { list: [{ code: 'email', says: 'This person has no e-mail address yet.' }] })
    const [token, { database }] = [newToken(), here.shell]
    await here.client.query('select app.keep_credential($1, $2, $3, $4, $5)', [database.key, here.actor.practice, params.person, email, '{}'])
    await here.client.query('select app.make_link($1, $2, $3, $4, $5, $6)', [database.key, here.actor.practice, params.person, 'set-password', token, INVITED_MINUTES])
    const link = `${here.shell.origin()}/sign-in/password#${token}`
    await here.client.query('insert into app.mail (practice_id, mail_id, recipient, subject, body, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)', [here.actor.practice, email, 'Your access', `You were invited. Choose a password here, within three days; the link works once.\n\n${link}`, here.now])
    return { link, until: plusMinutes(here.now, INVITED_MINUTES) }
  },
  async keepRoom({ body }, here) {
    await keepRoom(here, body)
    return { done: true }
  },
  async keepFee({ body }, here) {
    await keepFee(here, body)
    return { done: true }
  },
  async adoptProtocol({ body }, here) {
    const inForce = await editionInForce(here, 'now')
    const protocol = courseIn(inForce.book, body.protocol)
    if (!protocol || protocol.own) requireRules(inForce)
    if (!protocol) throw new Problem('not-found')
    requireShipped()
    await requireCode(here, body.code)
    await adopt(here, protocol, protocol.own ? inForce.name : edition, here.now)
    return { done: true }
  },
  async rulebook(_, here) {
    const all = await adoptions(here)
    const told = ({ row: _row, ...adoption }: Adoption) => adoption
    const { name, book } = await editionInForce(here)
    const newest = Object.values(book.protocols).flatMap((protocol) => {
      const adoption = newestAdoption(protocol.id, all)
      if (!adoption) return []
      const may = mayChoose(protocol, all, protocol.own ? name : edition, book.protocols)
      return [{ ...told(adoption), offered: may.may, says: may.may ? '' : may.says }]
    })
    return { edition, sha256, protocols: newest, history: all.map(told) }
  },
}

/** Visits that were booked before the day was closed: they stay where they are until somebody moves them. */
async function standingWhenClosed(here: Here, closings: readonly ClosingRow[], zone: string): Promise<number> {
  const ahead = closings.filter(({ to }) => dayEnd(to, zone) > here.now)
  const standing = new Set<string>()
  for (const { from, to } of ahead) for (const { visit, startsAt } of await visitsBetween(here, dayStart(from, zone), dayEnd(to, zone))) if (startsAt > here.now) standing.add(visit)
  return standing.size
}
