import type { Role } from '../../core/access/roles.ts'
import { codeAfter } from '../sign-in/one-time-code.ts'
import { unseal } from '../sign-in/secrets.ts'
import { asJob } from './job.ts'
import { aboutMe, begin } from './sign-in.ts'
import { Problem } from './problems.ts'
import type { Door, Handlers, OpenHandlers } from './shell.ts'

/** The door, the outbox page and the clock of the sample practice. On any other installation nothing answers here. */
export const sampleOpenHandlers: OpenHandlers<'samplePeople' | 'enterAs' | 'sampleMail' | 'sampleClock'> = {
  async samplePeople(_, door) {
    const practice = await samplePractice(door)
    return asJob(door.shell, practice, async (client) => {
      const { rows } = await client.query<{ person: string; name: string; roles: Role[]; about: string }>(
        `select p.person_id as person, p.given_name || ' ' || p.family_name as name, array_agg(m.role order by m.role) as roles, coalesce(max(f.about), '') as about
           from app.person p join app.membership m using (practice_id, person_id) left join app.staff_profile f using (practice_id, person_id)
          where p.practice_id = $1 and p.active group by 1, 2, p.family_name order by p.family_name`, [practice])
      return { people: rows }
    })
  },
  async enterAs({ body }, door) {
    const practice = await samplePractice(door)
    const roles = await asJob(door.shell, practice, async (client) =>
      (await client.query<{ role: Role }>('select role from app.membership where practice_id = $1 and person_id = $2', [practice, body.person])).rows.map(({ role }) => role))
    if (roles.length === 0) throw new Problem('not-found')
    return aboutMe(door, await begin(door, practice, body.person, 'person', roles.every((role) => role === 'patient')))
  },
  async sampleMail(_, door) {
    const practice = await samplePractice(door)
    return asJob(door.shell, practice, async (client) => {
      const { rows } = await client.query<{ id: string; to: string; subject: string; body: string; at: string; sent: boolean }>(
        'select mail_id as id, recipient as to, subject, body, created_at as at, sent_at is not null as sent from app.mail where practice_id = $1 order by created_at desc limit 100', [practice])
      return { mail: rows }
    })
  },
  async sampleClock({ body }, door) {
    await samplePractice(door)
    door.shell.clock.set?.(body.now)
    return { now: door.shell.clock.now() }
  },
}

export const sampleHandlers: Handlers<'sampleCode'> = {
  async sampleCode(_, here) {
    await samplePractice(here)
    const { rows } = await here.client.query<{ totp_secret: string | null; totp_last_step: string }>('select * from app.credential_of($1, $2, $3)', [here.shell.database.key, here.actor.practice, here.actor.person])
    if (!rows[0]?.totp_secret) throw new Problem('not-found')
    return { code: codeAfter(unseal(here.shell.secret, rows[0].totp_secret), Number(rows[0].totp_last_step)) }
  },
}

async function samplePractice({ shell }: Pick<Door, 'shell'>): Promise<string> {
  if (!shell.sample) throw new Problem('not-found')
  const { rows } = await shell.database.pool.query<{ practice_id: string; sample: boolean }>('select practice_id, sample from app.practices($1)', [shell.database.key])
  const sample = rows.find((row) => row.sample)
  if (!sample) throw new Problem('not-found')
  return sample.practice_id
}
