import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, freshPair, fromBase64, openingKey, openSealed, sealTo, textOf, toBase64 } from './envelope.ts'
import { freshDeviceKey, makeVault, openVault, withPin, type By, type VaultRecord } from './vault.ts'

const server = { id: '0123456789abcdef', publicKey: '' }
const share = 'what only the server says'

describe('what is sealed to a key', () => {
  test('is opened by its other half, as what it was sealed as, and by nothing else', async () => {
    const [mine, other] = [await freshPair(), await freshPair()]
    const sealed = await sealTo(mine.publicKey, 'tears at 14:02', 'act 1')
    expect(textOf(await openSealed(await openingKey(mine.secret), sealed, 'act 1'))).toBe('tears at 14:02')
    await expect(openSealed(await openingKey(other.secret), sealed, 'act 1')).rejects.toThrow()
    await expect(openSealed(await openingKey(mine.secret), sealed, 'act 2')).rejects.toThrow()
    expect(textOf(sealed)).not.toContain('tears')
  })
  test('is opened by no copy in which one bit is another', async () => {
    const mine = await freshPair()
    const [key, sealed] = [await openingKey(mine.secret), await sealTo(mine.publicKey, 'x', 'act')]
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = sealed.slice()
      changed[place]! ^= 1
      await expect(openSealed(key, changed, 'act'), `byte ${place}`).rejects.toThrow()
    }
  })
  test('looks another way each time, and travels as text', async () => {
    const mine = await freshPair()
    const [one, two] = [await sealTo(mine.publicKey, 'x', 'act'), await sealTo(mine.publicKey, 'x', 'act')]
    expect(toBase64(one)).not.toBe(toBase64(two))
    expect(fromBase64(toBase64(one))).toEqual(one)
  })
})

describe('a store', () => {
  let deviceKey: CryptoKey
  let another: CryptoKey
  let record: VaultRecord
  let pinned: VaultRecord
  beforeAll(async () => {
    deviceKey = await freshDeviceKey()
    another = await freshDeviceKey()
    record = await makeVault({ deviceKey, share, server })
    pinned = (await withPin(record, deviceKey, { share }, '4711'))!
  })
  const rows: [string, () => VaultRecord, () => CryptoKey, By, boolean][] = [
    ['without a PIN, by the server', () => record, () => deviceKey, { share }, true],
    ['without a PIN, by the device alone', () => record, () => deviceKey, 'device', true],
    ['without a PIN, by any PIN', () => record, () => deviceKey, { pin: '4711' }, false],
    ['with a PIN, by it', () => pinned, () => deviceKey, { pin: '4711' }, true],
    ['with a PIN, by another', () => pinned, () => deviceKey, { pin: '4712' }, false],
    ['with a PIN, by the device alone', () => pinned, () => deviceKey, 'device', false],
    ['with a PIN, by the server', () => pinned, () => deviceKey, { share }, true],
    ['with a PIN, by what a server said to another device', () => pinned, () => deviceKey, { share: 'another' }, false],
    ['a copy on another device, by the PIN', () => pinned, () => another, { pin: '4711' }, false],
    ['a copy on another device, by the server', () => pinned, () => another, { share }, false],
  ]
  test.each(rows)('%s: %#', async (_, what, key, by, opens) => {
    expect(Boolean(await openVault(what(), key(), by))).toBe(opens)
  })
  test('a PIN is taken over only by somebody who can open it', async () => {
    expect(await withPin(pinned, deviceKey, { pin: '0000' }, '1111')).toBeUndefined()
    const changed = (await withPin(pinned, deviceKey, { pin: '4711' }, '1111'))!
    expect([Boolean(await openVault(changed, deviceKey, { pin: '4711' })), Boolean(await openVault(changed, deviceKey, { pin: '1111' }))]).toEqual([false, true])
  })
  test('the same keys come out of it whichever way it is opened, and none of them can be read out', async () => {
    const ways = [(await openVault(pinned, deviceKey, { pin: '4711' }))!, (await openVault(pinned, deviceKey, { share }))!]
    const iv = new Uint8Array(12)
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, ways[0]!.reading, bytesOf('x'))
    expect(textOf(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, ways[1]!.reading, sealed)))).toBe('x')
    for (const { opens, reading } of ways) expect([opens.extractable, reading.extractable, deviceKey.extractable]).toEqual([false, false, false])
    await expect(crypto.subtle.exportKey('raw', ways[0]!.reading)).rejects.toThrow()
  })
})
