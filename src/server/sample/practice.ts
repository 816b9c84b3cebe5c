import { roomPlanning, staffPlanning, type FeeRow } from '../../core/contract/running.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { hashSecret, newToken, seal } from '../sign-in/secrets.ts'
import { newCodeSecret } from '../sign-in/one-time-code.ts'
import type { Shell } from '../http/shell.ts'
import { keepCredential } from '../http/sign-in.ts'
import { adopt, keepFee, keepRoom, keepStaff } from '../store/practice.ts'
import { emailOf, patientPeople, samplePractice, sampleRooms, staffPeople, type SamplePerson } from './people.ts'

/** Anybody's token in the sample practice, for filling it: the same sign-in a visitor's click gives. */
export async function tokenFor(shell: Shell, person: SamplePerson): Promise<string> {
  const token = newToken()
  await shell.database.pool.query(`select app.mint_session($1, $2, $3, 'person', null, gen_random_uuid(), $4, 60, 60)`, [shell.database.key, samplePractice.id, person.id, token])
  return token
}

/** Makes the sample practice: its people with their sign-ins, its rooms, its demonstration fees, its adopted protocols. */
export async function makePractice(shell: Shell, fees: readonly FeeRow[], protocols: readonly Protocol[], edition: string): Promise<void> {
  const { amara } = staffPeople
  await shell.database.pool.query('select app.begin_practice($1, $2, $3, $4, true, $5, $6, $7, $8)', [shell.database.key, samplePractice.id, samplePractice.name, samplePractice.zone, amara.id, amara.givenName, amara.familyName, emailOf(amara)])
  await shell.database.inContext(await tokenFor(shell, amara), { durable: true }, async (context) => {
    await context.client.query('update app.practice set settings = $2 where practice_id = $1', [samplePractice.id, JSON.stringify(samplePractice.settings)])
    for (const person of Object.values(staffPeople) as SamplePerson[]) await keepStaff(context, staffRowOf(person))
    for (const person of Object.values(patientPeople) as SamplePerson[]) await addPatient(context.client, person)
    for (const room of sampleRooms) await keepRoom(context, { ...room, features: [...room.features], planning: roomPlanning.parse({}) })
    for (const fee of fees) await keepFee(context, fee)
  })
  await shell.database.inContext(await tokenFor(shell, staffPeople.helen), { durable: true }, async (context) => {
    for (const protocol of protocols) await adopt(context, protocol, edition, shell.clock.now())
  })
  const passwordHash = await hashSecret(samplePassword)
  for (const person of Object.values(staffPeople) as SamplePerson[]) {
    await keepCredential(shell, samplePractice.id, person.id, emailOf(person), { passwordHash, totpSecret: seal(shell.secret, newCodeSecret()), totpConfirmed: true, pinHash: await samplePinHash })
  }
  for (const person of Object.values(patientPeople) as SamplePerson[]) await keepCredential(shell, samplePractice.id, person.id, emailOf(person), {})
}

/** Printed on the sample practice's sign-in page: it lets nobody in anywhere else. */
export const samplePassword = 'harbor street sample door'
export const samplePin = '2468'
const samplePinHash = hashSecret(samplePin)

export async function addPatient(client: import('pg').PoolClient, person: SamplePerson) {
  await client.query('insert into app.person (practice_id, person_id, given_name, family_name, email) values ($1, $2, $3, $4, $5)', [samplePractice.id, person.id, person.givenName, person.familyName, emailOf(person)])
  await client.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'patient')`, [samplePractice.id, person.id])
}

function staffRowOf({ id, givenName, familyName, roles, profile, ...rest }: SamplePerson) {
  return {
    person: id, givenName, familyName, email: emailOf({ id, givenName, familyName, roles, ...rest }), roles: [...roles], active: true, credentials: profile?.credentials ?? '', npi: profile?.npi ?? null, licence: profile?.licence ?? null,
    licensedNurse: profile?.licensedNurse ?? false, conditions: [...(profile?.conditions ?? [])], modalities: [...(profile?.modalities ?? [])], languages: [...(profile?.languages ?? ['en'])],
    online: profile?.online ?? false, inPerson: true, accepting: profile?.accepting ?? false, about: profile?.about ?? '', capacity: 12, weekly: [...(profile?.weekly ?? [])], exceptions: [], planning: staffPlanning.parse(profile?.planning ?? {}),
  }
}
