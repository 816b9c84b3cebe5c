import { randomUUID } from 'node:crypto'
import { standingVisits } from '../../core/measures/doses.ts'
import { openChart } from '../store/charts.ts'
import { judgeLocked } from './judging.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

interface Who {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly email: string
  readonly phone?: string | undefined
}

/** Somebody who was never here: the person, the way in by mail, and an empty chart. */
export async function newPatient(here: Here, chart: string, who: Who): Promise<void> {
  await refuseAddressInUse(here, who.email)
  const patient = randomUUID()
  await here.client.query('insert into app.person (practice_id, person_id, given_name, family_name, email, phone) values ($1, $2, $3, $4, $5, $6)', [here.actor.practice, patient, who.givenName, who.familyName, who.email, who.phone ?? null])
  await here.client.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'patient')`, [here.actor.practice, patient])
  await here.client.query('select app.keep_credential($1, $2, $3, $4, $5)', [here.shell.database.key, here.actor.practice, patient, who.email, '{}'])
  await openChart(here, { chart, name: `${who.givenName} ${who.familyName}`, birthDate: who.birthDate, patient }, here.now)
}

/** Somebody who comes back, by a person's word. Address and birth date have to bear it out: nothing is written on a stranger's chart. */
export async function samePerson(here: Here, chart: string, { email, birthDate }: Who): Promise<{ readonly intakes: number }> {
  const { row, chart: read } = await judgeLocked(here, chart)
  const owner = await ownerOf(here, email)
  const not = (code: string, says: string) => new Problem('step.blocked', { list: [{ code, says: `${says} What you typed is still here.` }] })
  if (!row.patient || owner?.person !== row.patient || owner.practice !== here.actor.practice) throw not('address', 'This address is not the one of that chart.')
  if (row.birthDate !== birthDate) throw not('birth-date', `${row.name} has another birth date on the chart${row.birthDate ? ` (${row.birthDate})` : ''}. If it is the same person, put the date right; if not, give another address.`)
  if (row.deceasedOn) throw not('deceased', 'The person of this chart has died.')
  return { intakes: Math.max(0, ...standingVisits(read).filter(({ type }) => type === 'intake').map(({ number }) => number)) }
}

async function ownerOf({ client, shell }: Here, email: string): Promise<{ readonly practice: string; readonly person: string } | undefined> {
  const { rows } = await client.query<{ practice: string; person: string }>('select practice_id as practice, person_id as person from app.credential_by_email($1, $2)', [shell.database.key, email])
  return rows[0]
}

/** Says whose the address is only as far as the desk may see: a patient of this practice, with the chart to go on with. */
async function refuseAddressInUse(here: Here, email: string): Promise<void> {
  const owner = await ownerOf(here, email)
  if (!owner) return
  const ours = owner.practice === here.actor.practice
  const { rows } = ours ? await here.client.query<{ chart: string; name: string; birthDate: string | null }>(`select chart_id as chart, display_name as name, to_char(birth_date, 'YYYY-MM-DD') as "birthDate" from app.chart where practice_id = $1 and patient_id = $2 order by opened_at desc`, [owner.practice, owner.person]) : { rows: [] }
  const [known] = rows
  if (known) throw new Problem('email.in-use', { chart: known.chart, list: [{ code: 'has-chart', says: `${known.name}${known.birthDate ? `, born ${known.birthDate},` : ''} has a chart here with this address.` }] })
  throw new Problem('email.in-use', { list: [{ code: 'other-person', says: ours ? 'It belongs to somebody who works here.' : 'It belongs to somebody who has no chart here.' }] })
}
