import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { testDatabase, type TestDatabase } from './testing/cluster.ts'
import { mirroredPractices } from './testing/mirrored-practices.ts'
import { faults, type Suite } from './testing/row-security.ts'
import { CLOSED, SEES } from './testing/row-security-expected.ts'

/** Row security, asked past the program; and then each of its policies taken out or opened wide, to see that this would be noticed. */
let database: TestDatabase
let suite: Suite
let mutable: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  suite = { appUrl: database.appUrl, ...(await mirroredPractices(database.adminUrl)) }
  mutable = new pg.Client({ connectionString: database.adminUrl })
  await mutable.connect()
})
afterAll(async () => {
  await mutable.end()
  await database.close()
})

async function first(most: number, found: AsyncGenerator<string>): Promise<string[]> {
  const some: string[] = []
  for await (const fault of found) if (some.push(fault) >= most) break
  return some
}

test('everybody sees and writes what is written down, in their own practice, and nothing in the other', { timeout: 60_000 }, async () => {
  expect(await first(20, faults(suite))).toEqual([])
})

test('every table is looked at', async () => {
  const { rows } = await mutable.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'`)
  expect(rows.map(({ name }) => name).filter((name) => !SEES[name] && !CLOSED.includes(name))).toEqual([])
})

/** Policies whose loss cannot be seen, each with its reason. */
const UNSEEN: Record<string, string> = {
  'credential one_practice': 'the application has no right on the table at all: the policy is a second fence',
  'sign_in_session one_practice': 'the application has no right on the table at all: the policy is a second fence',
  'device_credential one_practice': 'the application has no right on the table at all: the policy is a second fence',
  'narrow_link one_practice': 'the application has no right on the table at all: the policy is a second fence',
  'device_guest one_practice': 'the application has no right on the table at all: the policy is a second fence',
  'sign_in_link one_practice': 'the application has no right on the table at all: the policy is a second fence',
}
/** Tables whose rows are judged by looking into another one. */
const LOOKED_INTO: Record<string, string[]> = { membership: ['person'], chart: ['person'], visit_patient: ['visit', 'visit_person', 'visit_room'] }

interface Policy {
  readonly table: string
  readonly policy: string
  readonly qual: string | null
  readonly check: string | null
  readonly made: string
  readonly ofOwner: boolean
}
interface Mutant extends Policy {
  readonly says: 'dropped' | 'opened'
  readonly doing: string
  readonly undoing: string
}

const policies = async () => (await mutable.query<Policy>(`select tablename as table, policyname as policy, qual, with_check as check, 'openkap_owner' = any(roles) as "ofOwner",
  format('create policy %I on app.%I as %s for %s to %s', policyname, tablename, permissive, cmd, array_to_string(roles, ', ')) as made from pg_policies where schemaname = 'app' order by 1, 2`)).rows

const clause = (qual: string | null, check: string | null) => `${qual === null ? '' : `using (${qual})`} ${check === null ? '' : `with check (${check})`}`

function mutantsOf(one: Policy): Mutant[] {
  const { table, policy, qual, check, made } = one
  const opened = `alter policy ${policy} on app.${table} ${clause(qual && 'true', check && 'true')}`
  const isOpen = [qual, check].every((said) => said === null || said === 'true')
  return [
    { ...one, says: 'dropped', doing: `drop policy ${policy} on app.${table}`, undoing: `${made} ${clause(qual, check)}` },
    ...(isOpen ? [] : [{ ...one, says: 'opened' as const, doing: opened, undoing: `alter policy ${policy} on app.${table} ${clause(qual, check)}` }]),
  ]
}

test('each policy that is dropped or opened is noticed', { timeout: 240_000 }, async () => {
  const before = await policies()
  const mutants = before.flatMap(mutantsOf)
  const survived: string[] = []
  for (const { table, policy, says, doing, undoing, ofOwner } of mutants) {
    const about = ofOwner ? Object.keys(SEES) : [table, ...(LOOKED_INTO[table] ?? [])].filter((name) => SEES[name])
    await mutable.query(doing)
    if ((await first(1, faults(suite, about))).length === 0) survived.push(`${table} ${policy} ${says}`)
    await mutable.query(undoing)
  }
  const excused = survived.filter((name) => UNSEEN[name.replace(/ (dropped|opened)$/, '')])
  process.stdout.write(`row security: ${mutants.length - survived.length} of ${mutants.length} mutants noticed, ${excused.length} cannot be seen\n`)
  expect(await policies(), 'every mutant was undone').toEqual(before)
  expect(mutants.length).toBeGreaterThan(120)
  expect(survived.filter((name) => !excused.includes(name))).toEqual([])
})
