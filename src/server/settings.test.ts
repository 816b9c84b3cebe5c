import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const read = (environment: Record<string, string> = {}, ...args: string[]) => readSettings(args, environment, '/somewhere')

test('with nothing said: this machine only, port 4747, data beside the program, the sample practice', () => {
  expect(read()).toEqual({
    host: '127.0.0.1', port: 4747, publicUrl: 'http://127.0.0.1:4747', empty: false,
    data: { folder: '/somewhere/.data', relocatable: true },
  })
})

test.each([
  ['--empty', {}, ['--empty']],
  ['a database of their own', { DATABASE_URL: 'postgres://a:b@c/d' }, []],
  ['a proxy in front', { TRUST_PROXY: '10.0.0.2' }, []],
  ['a proxy in front of other addresses', { HOST: '0.0.0.0', TRUST_PROXY: '10.0.0.2' }, []],
])('%s means no sample practice', (_, environment, args) => {
  expect(readSettings(args, environment, '/').empty).toBe(true)
})

test('only the default data folder may move', () => {
  expect(read({ DATA_DIR: 'mine' }).data).toEqual({ folder: '/somewhere/mine', relocatable: false })
  expect(read({ DATA_DIR: '' }).data.relocatable).toBe(true)
})

test.each(['localhost', '::1', '127.0.0.1', '127.8.8.8'])('%s is this machine and needs no TLS', (host) => {
  expect(read({ HOST: host }).empty).toBe(false)
})

test.each([
  ['another host without TLS', { HOST: '0.0.0.0' }, 'TLS_CERT and TLS_KEY, or TRUST_PROXY'],
  ['every host without TLS', { HOST: '::' }, 'TLS_CERT and TLS_KEY, or TRUST_PROXY'],
  ['a certificate without its key', { TLS_CERT: 'c' }, 'belong together'],
  ['a certificate that is not there', { TLS_CERT: '/none', TLS_KEY: '/none' }, 'TLS_CERT names /none, which cannot be read (ENOENT).'],
  ['a port that is a word', { PORT: 'web' }, 'PORT is web'],
  ['port 0', { PORT: '0' }, 'PORT is 0'],
  ['port 65536', { PORT: '65536' }, 'PORT is 65536'],
  ['half a port', { PORT: '80.5' }, 'PORT is 80.5'],
  ['a database without a name', { DATABASE_URL: 'postgres://a:b@c' }, 'DATABASE_URL must be an address'],
  ['another kind of database', { DATABASE_URL: 'mysql://a:b@c/d' }, 'DATABASE_URL must be an address'],
  ['the application in a database, and no administrator', { APP_DATABASE_URL: 'postgres://a:b@c/d' }, 'without DATABASE_URL'],
  ['text messages without a token', { TEXT_URL: 'https://t.example' }, 'belong together'], ['text messages in the open', { TEXT_URL: 'http://t.example', TEXT_TOKEN: 'x' }, 'TEXT_URL must be an address'],
  ['mail without a sender', { SMTP_URL: 'smtp://m' }, 'belong together'],
  ['mail to a web address', { SMTP_URL: 'https://m', MAIL_FROM: 'a@b' }, 'SMTP_URL must be an address'],
  ['a proxy by a word', { TRUST_PROXY: 'true' }, 'TRUST_PROXY holds true'],
  ['a public address with a path', { PUBLIC_URL: 'https://kap.example.org/kap' }, 'PUBLIC_URL is https://kap.example.org/kap'],
])('refused in one line: %s', (_, environment, line) => {
  expect(() => read(environment)).toThrow(line)
  expect(() => read(environment)).toThrow(expect.objectContaining({ name: 'CannotStart', message: expect.not.stringContaining('\n') }))
})

test.each(['10.0.0.2', 'loopback', '10.0.0.0/24, fd00::/8'])('a proxy at %s', (trustProxy) => {
  expect(read({ TRUST_PROXY: trustProxy })).toMatchObject({ trustProxy, publicUrl: 'http://127.0.0.1:4747' })
})

test('a word that is not known is refused', () => {
  expect(() => read({}, '--emtpy')).toThrow('--emtpy is not known here')
})
