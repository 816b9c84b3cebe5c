import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealedFor } from '../../core/chart/quarantine.ts'
import { sealFor } from '../testing/sealing.ts'
import { quarantineKeys } from './quarantine-keys.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'openkap-keys-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const whose = { chart: 'c', person: 'p', device: 'd' }
const DAY_MS = 86_400_000
const sealed = async (publicKey: string) => Buffer.from(await sealFor(publicKey, 'act', whose, 'tears'), 'base64')

test('made at the first start, for nobody else to read, and the same at the next', async () => {
  const first = await quarantineKeys(folder)
  expect(statSync(path.join(folder, 'quarantine-keys')).mode & 0o077).toBe(0)
  expect((await quarantineKeys(folder)).newest).toEqual(first.newest)
  expect(await first.open(first.newest.id, await sealed(first.newest.publicKey), sealedFor('act', whose))).toEqual(Buffer.from('tears'))
})
test.each([[179, true], [180, false]])('after %i days the newest is still the newest: %s; and the old one opens what was sealed to it', async (days, same) => {
  const now = Date.parse('2026-11-21T17:00:00.000Z')
  const first = await quarantineKeys(folder, now)
  const before = await sealed(first.newest.publicKey)
  const later = await quarantineKeys(folder, now + days * DAY_MS)
  expect(later.newest.id === first.newest.id).toBe(same)
  expect(await later.open(first.newest.id, before, sealedFor('act', whose))).toEqual(Buffer.from('tears'))
  expect(await later.open(later.newest.id, await sealed(later.newest.publicKey), sealedFor('act', whose))).toEqual(Buffer.from('tears'))
})
test('what was sealed to a key that is not here, as something else, or was changed, does not open', async () => {
  const { newest, open } = await quarantineKeys(folder)
  const one = await sealed(newest.publicKey)
  const changed = Buffer.from(one)
  changed[changed.length - 1]! ^= 1
  expect([await open('0000000000000000', one, sealedFor('act', whose)), await open(newest.id, one, sealedFor('other', whose)), await open(newest.id, changed, sealedFor('act', whose)), await open(newest.id, Buffer.from('short'), sealedFor('act', whose))]).toEqual([undefined, undefined, undefined, undefined])
})
test('a damaged file stops the start, and is not written over', async () => {
  writeFileSync(path.join(folder, 'quarantine-keys'), '{"half')
  await expect(quarantineKeys(folder)).rejects.toThrow('Put it back from the backup')
  expect(readFileSync(path.join(folder, 'quarantine-keys'), 'utf8')).toBe('{"half')
})
