import { adoptions, fees, keepFee, keepRoom, keepStaff, practiceRow, rooms, staff } from '../store/practice.ts'
import { Problem } from './problems.ts'
import { protocolOf } from './judging.ts'
import { edition, sha256 } from '../rulebook.ts'
import type { Handlers } from './shell.ts'
import { requireCode } from './sign-in.ts'

export const practiceHandlers: Handlers<'practice' | 'keepPractice' | 'keepStaff' | 'keepRoom' | 'keepFee' | 'adoptProtocol' | 'rulebook'> = {
  async practice(_, here) {
    const { name, zone, settings } = await practiceRow(here)
    const patientOnly = here.actor.roles.every((role) => role === 'patient')
    const people = await staff(here)
    // A patient sees who works here, and not their hours, numbers or mail.
    const shown = patientOnly ? people.map((row) => ({ ...row, email: null, npi: null, weekly: [], exceptions: [], capacity: 0 })) : people
    return { name, zone, settings, staff: shown, rooms: await rooms(here), fees: await fees(here) }
  },
  async keepPractice({ body }, here) {
    await here.client.query('update app.practice set name = $2, zone = $3, settings = $4 where practice_id = $1', [here.actor.practice, body.name, body.zone, JSON.stringify(body.settings)])
    return { done: true }
  },
  async keepStaff({ body }, here) {
    const { rows } = await here.client.query(`select from app.membership where practice_id = $1 and role = 'owner' and person_id <> $2`, [here.actor.practice, body.person])
    if (rows.length === 0 && !body.roles.includes('owner')) throw new Problem('step.blocked', { list: [{ code: 'last-owner', says: 'A practice keeps at least one owner.' }] })
    await keepStaff(here, body)
    return { done: true }
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
    if (!protocolOf(body.protocol)) throw new Problem('not-found')
    await requireCode(here, body.code)
    await here.client.query('insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition) values ($1, $2, $3, $4, $5) on conflict do nothing', [here.actor.practice, body.protocol, here.actor.person, here.now, edition])
    return { done: true }
  },
  async rulebook(_, here) {
    return { edition, sha256, protocols: await adoptions(here) }
  },
}
