import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchCalendar, MOST_BYTES, readAddress, type Reach } from './fetch-calendar.ts'
import { isInner } from './inner-addresses.ts'

describe('addresses this server does not read from, and their neighbours', () => {
  test.each([
    '0.0.0.0', '0.255.255.255', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.0.1', '169.254.169.254', '172.16.0.0', '172.31.255.255', '192.0.0.1', '192.0.2.7', '192.88.99.1', '192.168.0.0', '192.168.255.255', '198.18.0.0', '198.19.255.255', '198.51.100.1', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
    '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::8.8.8.8', '64:ff9b::a00:1', '64:ff9b:1::1', '100::1', 'fc00::1', 'fd12:3456::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'ff02::1', '2001::1', '2001:1ff:ffff::1', '2001:db8::1', '2002:7f00:1::1', '3fff::1', '4000::1', 'not an address', '', '127.1', '0x7f000001',
  ])('%s is inner', (address) => expect(isInner(address)).toBe(true))
  test.each(['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255', '2001:200::1', '2606:4700::1111', '2a00:1450::1', '3ffe::1'])('%s is outer', (address) => expect(isInner(address)).toBe(false))
})

describe('what somebody typed', () => {
  test.each([
    ['calendar', /not an address/], ['ftp://example.org/a.ics', /https/], ['file:///etc/passwd', /https/], ['javascript:alert(1)', /https/], ['https://me:secret@example.org/a.ics', /password/],
    ['http://127.0.0.1/a', /inner/], ['http://2130706433/a', /inner/], ['http://0x7f.1/a', /inner/], ['http://017700000001/', /inner/], ['http://[::1]/', /inner/], ['http://[::ffff:169.254.169.254]/', /inner/], ['http://[fd00::1]:8080/', /inner/], ['https://192.168.1.1/cal.ics', /inner/],
  ])('%s', (typed, says) => expect(readAddress(typed)).toMatch(says))
  test.each([['https://example.org/a.ics', 'https://example.org/a.ics'], [' webcal://example.org/a.ics ', 'https://example.org/a.ics']])('%s is tried', (typed, href) => expect((readAddress(typed) as URL).href).toBe(href))
})

/** A server of this test's own stands for the world; every other address of this machine for the house's network. */
let port: number
let answers: RequestListener
const reached: string[] = []
const server = http.createServer((request, response) => { reached.push(`${request.headers.host} ${request.url}`); answers(request, response) })
beforeAll(async () => {
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((closed) => { server.closeAllConnections(); server.close(closed) }))

const names: Record<string, readonly string[]> = { 'cal.example': ['127.0.0.1'], 'inner.example': ['10.0.0.7'], 'both.example': ['127.0.0.1', '169.254.169.254'], 'metadata.example': ['169.254.169.254'], 'six.example': ['::1'] }
const reach = (more: Partial<Reach> = {}): Reach => ({ resolve: async (host) => (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })), isInner: (address) => address !== '127.0.0.1' && isInner(address), waitMs: 2_000, ...more })
const fetched = (url: string, more: Partial<Reach> = {}) => { reached.length = 0; return fetchCalendar(url.replace('PORT', String(port)), reach(more)) }
const sends = (location: string): RequestListener => (_, response) => response.writeHead(302, { location: location.replace('PORT', String(port)) }).end()

test('a calendar is read, from the name it was asked under', async () => {
  answers = (_, response) => response.end('BEGIN:VCALENDAR')
  expect(await fetched('http://cal.example:PORT/secret.ics')).toEqual({ ok: true, text: 'BEGIN:VCALENDAR' })
  expect(reached).toEqual([`cal.example:${port} /secret.ics`])
})

test('a redirect is followed, and not for ever', async () => {
  answers = (request, response) => (request.url === '/there' ? response.end('found') : sends('/there')(request, response))
  expect(await fetched('http://cal.example:PORT/here')).toEqual({ ok: true, text: 'found' })
  answers = sends('/again')
  expect(await fetched('http://cal.example:PORT/here')).toMatchObject({ ok: false, says: expect.stringContaining('more often') })
  expect(reached).toHaveLength(4)
})

test.each([
  ['a name of the house', 'http://inner.example:PORT/'], ['a name with an inner address beside an outer one', 'http://both.example:PORT/'], ['version 6', 'http://six.example:PORT/'], ['the name of this machine', 'http://localhost:PORT/'],
])('%s is never gone to', async (_, url) => {
  answers = (_request, response) => response.end('inside')
  const found = await fetched(url, url.includes('localhost') ? { resolve: async () => [{ address: '127.0.0.2', family: 4 }] } : {})
  expect(found).toMatchObject({ ok: false, says: expect.stringContaining('inner network') })
  expect(reached).toEqual([])
})

test.each(['http://inner.example:PORT/', 'http://metadata.example/latest/meta-data', 'http://127.0.0.2:PORT/', 'http://[::1]:PORT/', 'http://2130706434:PORT/', 'file:///etc/passwd', 'http://user:word@cal.example:PORT/'])('nor by a redirect to %s', async (location) => {
  answers = (request, response) => (request.url === '/out' ? sends(location)(request, response) : response.end('inside'))
  expect(await fetched('http://cal.example:PORT/out')).toMatchObject({ ok: false })
  expect(reached).toHaveLength(1)
})

test('a name that answers differently the second time is gone to as it was judged', async () => {
  let asked = 0
  answers = (_, response) => response.end('found')
  const found = await fetched('http://rebinds.example:PORT/', { resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.7', family: 4 }] })
  expect([found, asked]).toEqual([{ ok: true, text: 'found' }, 1])
})

test('the name is judged anew at every hop', async () => {
  let asked = 0
  answers = sends('http://rebinds.example:PORT/inside')
  expect(await fetched('http://rebinds.example:PORT/', { resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }] })).toMatchObject({ says: expect.stringContaining('inner network') })
  expect(reached).toHaveLength(1)
})

test.each<[string, RequestListener, RegExp]>([
  ['a refusal', (_, response) => response.writeHead(403).end('secret words'), /answered with 403/],
  ['too much', (_, response) => response.end('x'.repeat(MOST_BYTES + 1)), /two megabytes/],
  ['packed', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), /packed/],
  ['half of it', (_, response) => { response.writeHead(200, { 'content-length': '100' }).write('BEGIN'); response.socket?.destroySoon() }, /did not answer/],
  ['nothing, for long', () => {}, /did not answer/],
  ['a drop now and then', (_, response) => { const drops = setInterval(() => response.write('x'), 50); response.on('close', () => clearInterval(drops)) }, /did not answer/],
])('%s is said in words, and none of the other server’s', async (_, answer, says) => {
  answers = answer
  const found = await fetched('http://cal.example:PORT/', { waitMs: 400 })
  expect(found.ok ? 'read' : found.says).toMatch(says)
  expect(JSON.stringify(found)).not.toContain('secret words')
})
