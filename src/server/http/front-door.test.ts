import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract, routeNames } from '../../core/contract/contract.ts'
import { clinic, draft, signedIn, testShell, type Clinic } from '../testing/practice.ts'

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

const post = (url: string, payload: object, headers: Record<string, string>, token = people.mona.token) => server.app.inject({ method: 'POST', url, payload, headers: { host: 'kap.example', ...headers }, cookies: { openkap: token } })

describe('a page of another site', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }], ['the same name on another port', { origin: 'http://kap.example:8080' }], ['a subdomain', { origin: 'https://app.kap.example' }],
    ['a page in a box', { origin: 'null' }], ['an origin that cannot be read', { origin: 'not an address' }], ['the browser says so', { 'sec-fetch-site': 'cross-site' }], ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('cannot act in anybody’s name: %s', async (_, headers) => {
    for (const [url, body] of [[`/api/charts/${people.chart}/entries`, { entries: [draft('vitals.v1', { heartRatePerMin: 70 })] }], ['/api/sign-out', {}], ['/api/sign-in', { email: 'a@b.example', password: 'x' }], ['/api/first-run', {}]] as const) {
      const answer = await post(url, body, headers)
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 403, 'origin.refused'])
    }
  })
  test('its own pages can', async () => {
    for (const headers of [{ origin: 'http://kap.example' }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: 'null', 'sec-fetch-site': 'same-origin' }, {}]) {
      const { statusCode } = await post(`/api/charts/${people.chart}/entries`, { entries: [draft('vitals.v1', { heartRatePerMin: 70 })] }, headers as Record<string, string>)
      expect(statusCode).toBe(201)
    }
  })
})

test('the sample practice’s door, outbox, clock and codes are nowhere else', async () => {
  for (const name of ['samplePeople', 'enterAs', 'sampleMail', 'sampleClock', 'sampleCode'] as const) {
    const { method, path } = contract[name]
    const { statusCode } = await server.app.inject({ method, url: path, ...(method === 'POST' ? { payload: { person: people.thea.person, now: '2026-11-21T17:00:00.000Z' } } : {}), cookies: { openkap: people.thea.token } })
    expect([name, statusCode]).toEqual([name, 404])
  }
  expect(routeNames.filter((name) => name.toLowerCase().includes('sample') || name === 'enterAs')).toHaveLength(5)
})

describe('cookies', () => {
  const link = 'a-link-in-a-mail-that-is-long-enough'
  async function cookiesOf(shell: typeof server) {
    const there = await clinic(shell.shell.database)
    await shell.shell.database.pool.query(`select app.make_link($1, $2, $3, 'sign-in', $4, 15)`, [shell.shell.database.key, there.practice, there.mara.person, link])
    const answer = await shell.app.inject({ method: 'POST', url: '/api/sign-in/link/redeem', payload: { token: link } })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.cookies as { name: string; httpOnly?: boolean; secure?: boolean; sameSite?: string; path?: string; domain?: string; maxAge?: number }[]
  }
  test('no script reads them, no other site sends them', async () => {
    for (const cookie of await cookiesOf(server)) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  })
  test('behind TLS no other host or path can set or see them', async () => {
    const secure = await testShell({ secure: true })
    const cookies = await cookiesOf(secure)
    expect(cookies.map(({ name }) => name).toSorted()).toEqual(['__Host-openkap', '__Host-openkap-device'])
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', secure: true })
      expect(cookie.domain).toBeUndefined()
    }
    expect((await secure.app.inject({ url: '/api/me', cookies: { openkap: 'x'.repeat(43) } })).statusCode).toBe(401)
    await secure.close()
  })
  test('the sign-in is forgotten with the browser, the device is not', async () => {
    const again = await testShell()
    const cookies = await cookiesOf(again)
    expect(cookies.find(({ name }) => name === 'openkap')?.maxAge).toBeUndefined()
    expect(cookies.find(({ name }) => name === 'openkap-device')?.maxAge).toBeGreaterThan(1_000_000)
    await again.close()
  })
})

test('signing out ends the sign-in on the server, not only in the browser', async () => {
  const token = await signedIn(server.shell.database, people.practice, people.thea.person)
  const answer = await post('/api/sign-out', {}, {}, token)
  expect(answer.statusCode).toBe(200)
  expect((await server.app.inject({ url: '/api/me', cookies: { openkap: token } })).statusCode).toBe(401)
})

test('a full house is served: sixty homes at once, while charts are written', { timeout: 30_000 }, async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => at % 3
    ? server.app.inject({ url: '/api/home', cookies: { openkap: (at % 2 ? people.cora : people.thea).token } })
    : post(`/api/charts/${people.chart}/entries`, { entries: [draft('vitals.v1', { heartRatePerMin: 70 })] }, {})))
  expect(answers.map(({ statusCode }) => statusCode).filter((status) => status !== 200 && status !== 201)).toEqual([])
})
