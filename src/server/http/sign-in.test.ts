import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { contract } from '../../core/contract/contract.ts'
import { codeAfter, newCodeSecret } from '../sign-in/one-time-code.ts'
import { hashSecret, seal } from '../sign-in/secrets.ts'
import { clinic, signedIn, testShell, type Clinic, type TestPerson } from '../testing/practice.ts'
import { keepCredential } from './sign-in.ts'

const PASSWORD = 'four grey herons over the estuary'
let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
let admin: pg.Client
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await server.close()
})

/** Every request from an address of its own, so that only the test about knocking meets the limit on knocks. */
let callers = 0
const caller = () => `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers++ & 255}`
function ask(name: RouteName, { token = '', body, params = {}, headers = {}, from = caller(), app = server.app }: { token?: string; body?: object; params?: Record<string, string>; headers?: Record<string, string>; from?: string; app?: typeof server.app } = {}) {
  const { method, path } = contract[name]
  return app.inject({ method, url: path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? ''), ...(method === 'POST' ? { payload: body ?? {} } : {}), headers, cookies: token ? { openkap: token } : {}, remoteAddress: from })
}
const tokenIn = (answer: { cookies: { name: string; value: string }[] }) => answer.cookies.find(({ name }) => name === 'openkap')?.value ?? ''

/** Gives somebody a password and a code secret, as if they had enrolled. */
async function enrolled(who: TestPerson) {
  const secret = newCodeSecret()
  const email = `${randomUUID()}@example.org`
  await keepCredential(server.shell, people.practice, who.person, email, { passwordHash: await hashed, totpSecret: seal(server.shell.secret, secret), totpConfirmed: true })
  await admin.query('update app.credential set email = $2, failures = 0, locked_until = null where person_id = $1', [who.person, email])
  return { email, code: (after = 0) => codeAfter(secret, after) }
}
const hashed = hashSecret(PASSWORD)
const credential = async (who: TestPerson) => (await admin.query<{ failures: number; totp_last_step: string; pin_failures: number }>('select failures, totp_last_step, pin_failures from app.credential where person_id = $1', [who.person])).rows[0]!

describe('the first run', () => {
  const practice = { practice: 'Harbor House', zone: 'America/Los_Angeles', givenName: 'Olga', familyName: 'Owner', email: 'olga@example.org' }
  test.each([
    ['fourteen characters', 'qX7#vLp2!mZr9k'], ['a common phrase', 'passwordpassword'], ['a walk over the keys', 'qwertyuiopasdfg'], ['one letter, fifteen times', 'aaaaaaaaaaaaaaa'],
  ])('a password of %s is not taken', async (_, password) => {
    const empty = await testShell()
    const answer = await ask('beginPractice', { app: empty.app, body: { ...practice, password } })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'sign-in.password-weak'])
    expect((await ask('welcome', { app: empty.app })).json().firstRun).toBe(true)
    await empty.close()
  })

  test('happens once: of ten who begin at the same moment one does, and then the page is gone', async () => {
    const empty = await testShell()
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => ask('beginPractice', { app: empty.app, body: { ...practice, email: `o${at}@example.org`, password: PASSWORD } })))
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 404)])
    const late = await ask('beginPractice', { app: empty.app, body: { ...practice, password: PASSWORD } })
    expect([late.statusCode, late.json().code]).toEqual([404, 'first-run.over'])
    expect((await ask('welcome', { app: empty.app })).json().firstRun).toBe(false)
    await empty.close()
  })
})

describe('password and code', () => {
  test('both are needed, the old token ends, and the new one opens', async () => {
    const { email, code } = await enrolled(people.thea)
    const first = await ask('signIn', { body: { email, password: PASSWORD } })
    expect(first.json()).toEqual({ next: 'code' })
    const half = tokenIn(first)
    expect((await ask('home', { token: half })).statusCode).toBe(401)
    expect((await ask('signInCode', { token: half, body: { code: '000000' } })).json().code).toBe('sign-in.code-refused')
    const second = await ask('signInCode', { token: half, body: { code: code() } })
    expect([second.statusCode, second.json().person]).toEqual([200, people.thea.person])
    expect(tokenIn(second)).not.toBe(half)
    expect((await ask('home', { token: tokenIn(second) })).statusCode).toBe(200)
    expect((await ask('signInCode', { token: half, body: { code: code(1) } })).statusCode).toBe(401)
  })

  test('a code works once, also when it is sent twenty times at once', async () => {
    const { email, code } = await enrolled(people.pia)
    const half = tokenIn(await ask('signIn', { body: { email, password: PASSWORD } }))
    const same = code()
    expect((await ask('signInCode', { token: half, body: { code: same } })).statusCode).toBe(200)
    const again = tokenIn(await ask('signIn', { body: { email, password: PASSWORD } }))
    expect((await ask('signInCode', { token: again, body: { code: same } })).json().code).toBe('sign-in.code-refused')

    const other = await enrolled(people.mona)
    const waiting = tokenIn(await ask('signIn', { body: { email: other.email, password: PASSWORD } }))
    const once = other.code()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('signInCode', { token: waiting, body: { code: once } })))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  test('five wrong tries close the door, also to the right password', async () => {
    const { email } = await enrolled(people.cora)
    for (let at = 0; at < 5; at += 1) expect((await ask('signIn', { body: { email, password: 'not the right one at all' } })).json().code).toBe('sign-in.refused')
    expect((await ask('signIn', { body: { email, password: PASSWORD } })).json().code).toBe('sign-in.locked')
    await admin.query(`update app.credential set locked_until = now() - interval '1 second' where person_id = $1`, [people.cora.person])
    expect((await ask('signIn', { body: { email, password: PASSWORD } })).statusCode).toBe(200)
  })

  test('an address that nobody has is answered word for word like one that somebody has', async () => {
    const { email } = await enrolled(people.tomas)
    const tries = async (address: string) => {
      const said: string[] = []
      for (let at = 0; at < 7; at += 1) {
        const { statusCode, body } = await ask('signIn', { body: { email: address, password: 'not the right one at all' } })
        said.push(`${statusCode} ${body}`)
      }
      return said
    }
    expect(await tries(`${randomUUID()}@example.org`)).toEqual(await tries(email))
    // Somebody who has no password of their own, such as a patient, is not told apart either.
    await keepCredential(server.shell, people.practice, people.mara.person, 'mara.nopass@example.org', {})
    expect(await tries('mara.nopass@example.org')).toEqual(await tries(`${randomUUID()}@example.org`))
  })

  test('fifty wrong codes at once are judged five times, and a right password buys no more', async () => {
    const { email } = await enrolled(people.owner)
    const half = tokenIn(await ask('signIn', { body: { email, password: PASSWORD } }))
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => ask('signInCode', { token: half, body: { code: String(at).padStart(6, '0') } })))
    const count = (code: string) => answers.filter((answer) => answer.json().code === code).length
    expect([count('sign-in.code-refused'), count('sign-in.locked')]).toEqual([5, 45])
    expect((await credential(people.owner)).failures).toBe(5)
    expect((await ask('signIn', { body: { email, password: PASSWORD } })).json().code).toBe('sign-in.locked')
    await admin.query('update app.credential set failures = 0, locked_until = null where person_id = $1', [people.owner.person])
    for (let at = 0; at < 4; at += 1) {
      const token = tokenIn(await ask('signIn', { body: { email, password: PASSWORD } }))
      expect((await ask('signInCode', { token, body: { code: '000000' } })).statusCode).toBe(401)
    }
    expect((await credential(people.owner)).failures).toBe(4)
    await admin.query('update app.credential set failures = 0, locked_until = null where person_id = $1', [people.owner.person])
  })

  test('one address may knock only so often', async () => {
    const from = caller()
    const answers: number[] = []
    for (let at = 0; at < 22; at += 1) answers.push((await ask('signIn', { from, body: { email: `${randomUUID()}@example.org`, password: 'x' } })).statusCode)
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
    expect(answers.slice(20)).toEqual([429, 429])
  })
})

describe('a patient’s link', () => {
  const mails = async () => (await admin.query<{ recipient: string; body: string }>('select recipient, body from app.mail order by created_at')).rows
  async function link(): Promise<string> {
    const email = `${randomUUID()}@example.org`
    await admin.query(`insert into app.credential (practice_id, person_id, email) values ($1, $2, $3) on conflict (practice_id, person_id) do update set email = excluded.email`, [people.practice, people.mara.person, email])
    expect((await ask('askForLink', { body: { email } })).json()).toEqual({ done: true })
    const mail = (await mails()).find(({ recipient }) => recipient === email)!
    expect(mail.body).not.toContain('Mara')
    return /#([\w-]+)/.exec(mail.body)![1]!
  }

  test('works once, by pressing the button and never by opening it', async () => {
    const token = await link()
    for (const url of [`/my/sign-in`, '/api/sign-in/link/redeem', `/api/sign-in/link/redeem?token=${token}`]) expect((await server.app.inject({ url })).statusCode).toBe(404)
    const first = await ask('redeemLink', { body: { token } })
    expect([first.statusCode, first.json().person]).toEqual([200, people.mara.person])
    const again = await ask('redeemLink', { body: { token } })
    expect([again.statusCode, again.json().code, tokenIn(again)]).toEqual([410, 'sign-in.link-used', ''])
  })

  test('fifteen minutes, and not a second longer', async () => {
    const [young, old] = [await link(), await link()]
    const { rows } = await admin.query<{ minutes: number }>(`select extract(epoch from max(expires_at - created_at))::int / 60 as minutes from app.sign_in_link`)
    expect(rows[0]!.minutes).toBe(15)
    const sha = `sha256(convert_to($1, 'UTF8'))`
    await admin.query(`update app.sign_in_link set expires_at = now() + interval '2 seconds' where token_sha256 = ${sha}`, [young])
    await admin.query(`update app.sign_in_link set expires_at = now() where token_sha256 = ${sha}`, [old])
    expect((await ask('redeemLink', { body: { token: old } })).statusCode).toBe(410)
    expect((await ask('redeemLink', { body: { token: young } })).statusCode).toBe(200)
  })

  test('redeemed twenty times at once it lets in once', async () => {
    const token = await link()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('redeemLink', { body: { token } })))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  test('nobody learns from asking who is a patient here', async () => {
    const { email } = await enrolled(people.thea)
    const before = (await mails()).length
    for (const address of [email, `${randomUUID()}@example.org`]) {
      const { statusCode, body } = await ask('askForLink', { body: { email: address } })
      expect([statusCode, body]).toEqual([200, '{"done":true}'])
    }
    expect((await mails()).length).toBe(before)
  })

  test('a link for signing in sets no password, and a made-up one nothing', async () => {
    expect((await ask('setPassword', { body: { token: await link(), password: PASSWORD } })).statusCode).toBe(410)
    expect((await ask('redeemLink', { body: { token: 'x'.repeat(43) } })).statusCode).toBe(410)
  })
})

describe('the PIN of the session room', () => {
  async function withPin(who: TestPerson) {
    const token = await signedIn(server.shell.database, people.practice, who.person)
    expect((await ask('setPin', { token, body: { pin: '2468' } })).statusCode).toBe(200)
    return token
  }
  test('five tries; then the sign-in itself is over', async () => {
    await enrolled(people.thea)
    const token = await withPin(people.thea)
    for (const triesLeft of [4, 3]) expect((await ask('unlock', { token, body: { pin: '1111' } })).json()).toEqual({ right: false, triesLeft })
    expect((await ask('unlock', { token, body: { pin: '2468' } })).json()).toEqual({ right: true, triesLeft: 5 })
    for (const triesLeft of [4, 3, 2, 1, 0]) expect((await ask('unlock', { token, body: { pin: '1111' } })).json()).toEqual({ right: false, triesLeft })
    expect((await ask('unlock', { token, body: { pin: '2468' } })).statusCode).toBe(401)
    expect((await ask('home', { token })).statusCode).toBe(401)
  })

  test('thirty at once are five, and a whole sign-in begins anew', async () => {
    const { email, code } = await enrolled(people.pia)
    const token = await withPin(people.pia)
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => ask('unlock', { token, body: { pin: String(1000 + at) } })))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(5)
    const half = tokenIn(await ask('signIn', { body: { email, password: PASSWORD } }))
    const fresh = tokenIn(await ask('signInCode', { token: half, body: { code: code(Number((await credential(people.pia)).totp_last_step)) } }))
    expect((await ask('unlock', { token: fresh, body: { pin: '2468' } })).json()).toEqual({ right: true, triesLeft: 5 })
  })
})
