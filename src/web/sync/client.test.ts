import { afterEach, describe, expect, test, vi } from 'vitest'
import { call, Offline, Refused } from './client.ts'

afterEach(() => { vi.unstubAllGlobals() })
const answered = (body: BodyInit | null, headers: Record<string, string>, status = 200) => vi.stubGlobal('fetch', async () => new Response(body, { status, headers }))
const json = { 'content-type': 'application/json; charset=utf-8' }

describe('an answer counts only where it is whole and our server’s', () => {
  test.each<[string, BodyInit | null, Record<string, string>]>([
    ['broke off in its body', '{"notices":[{"id', json],
    ['broke off in its head', '', {}],
    ['of a page that asks to sign in to a network', '<title>Welcome to our guest network</title>', { 'content-type': 'text/html' }],
    ['without a word about what it is', '{"notices":[]}', { 'content-type': '' }],
  ])('one that %s is no connection', async (_, body, headers) => {
    answered(body, headers)
    await expect(call('notices')).rejects.toBeInstanceOf(Offline)
  })

  test('whole, it is what was asked for', async () => {
    answered('{"notices":[]}', json)
    expect(await call('notices')).toEqual({ notices: [] })
  })

  test('a document comes as a file', async () => {
    answered('%PDF', { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="session-1.pdf"' })
    expect(await call('sessionRecord', { params: { chart: 'c', session: 's' } })).toBeInstanceOf(Blob)
  })

  test('a no is a no only in our server’s words', async () => {
    answered('{"code":"chart.unseen","say":"This chart is not here."}', json, 404)
    await expect(call('notices')).rejects.toBeInstanceOf(Refused)
    answered('<h1>404</h1>', { 'content-type': 'text/html' }, 404)
    await expect(call('notices')).rejects.toBeInstanceOf(Offline)
  })
})
