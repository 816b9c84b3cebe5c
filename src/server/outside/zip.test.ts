import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { crc32, zip } from './zip.ts'

/** Read back by a program that is not ours. */
const python = (() => { try { execFileSync('python3', ['-c', 'import zipfile']); return true } catch { return false } })()
const files = [{ name: 'record.html', bytes: Buffer.from('<p>ähm</p>') }, { name: 'leer.txt', bytes: Buffer.alloc(0) }, { name: 'größe.bin', bytes: Buffer.alloc(70_000, 7) }]

test('the checksum of the standard’s own example', () => expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926))

test('it begins and ends as the format says, and holds each file as it is', () => {
  const packed = zip(files, '2026-11-23T17:05:00.000Z')
  expect([packed.readUInt32LE(0), packed.readUInt32LE(packed.length - 22), packed.readUInt16LE(packed.length - 12)]).toEqual([0x04034b50, 0x06054b50, 3])
  for (const { bytes } of files) expect(packed.includes(bytes)).toBe(true)
})

test.runIf(python)('another program reads every byte of it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openkap-zip-'))
  try {
    writeFileSync(path.join(folder, 'a.zip'), zip(files, '2026-11-23T17:05:00.000Z'))
    const told = execFileSync('python3', ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip()); z.extractall(sys.argv[2]); print(z.infolist()[0].date_time)', path.join(folder, 'a.zip'), folder], { encoding: 'utf8' })
    expect(told).toBe('None\n(2026, 11, 23, 17, 5, 0)\n')
    for (const { name, bytes } of files) expect(readFileSync(path.join(folder, name)).equals(bytes), name).toBe(true)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
