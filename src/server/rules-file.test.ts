import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { digestOf, shippedText } from './rulebook.ts'
import { digestFile, watchRules } from './rules-file.ts'

/** What somebody who damages the file of rules on the server’s disk gets to see, and how it is mended. */
const sha256 = digestOf(shippedText)
const newer = shippedText.replace('"published":"', '"published":"newer ')
let folder: string
let file: string
let elapsedMs: number
const put = (text = shippedText, digest = digestOf(text)) => { writeFileSync(file, text); writeFileSync(digestFile(file), `${digest}  rulebook.json\n`) }
const watched = ({ recorded = sha256, loaded = shippedText } = {}) => watchRules({ file, recorded, loaded }, () => elapsedMs)
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kap-rules-'))
  file = path.join(folder, 'rulebook.json')
  elapsedMs = 0
  put()
})
afterEach(() => rmSync(folder, { recursive: true }))

const damages: readonly (readonly [string, () => void, RegExp])[] = [
  ['missing', () => rmSync(file), /is missing/], ['emptied', () => writeFileSync(file, ''), /is cut short/], ['cut short', () => truncateSync(file, 10_000), /is cut short/], ['cut short by a byte', () => truncateSync(file, Buffer.byteLength(shippedText) - 1), /is cut short/],
  ['altered', () => writeFileSync(file, shippedText.replace('"fewestPeople":2', '"fewestPeople":1')), /is not what was built/], ['lengthened', () => writeFileSync(file, `${shippedText} `), /is not what was built/],
]

describe.each(damages)('%s', (_, damage, says) => {
  test('under a running program: said at once, and gone as soon as it is put back', () => {
    const broken = watched()
    expect(broken()).toBeUndefined()
    damage()
    expect(broken()).toMatch(says)
    expect(broken()).toMatch(/node tools\/build\.mjs.*copy/)
    put()
    expect(broken()).toBeUndefined()
  })
  test('before the program starts', () => {
    damage()
    const broken = watched()
    expect(broken()).toMatch(says)
    put()
    expect(broken()).toBeUndefined()
  })
})

test('altered with the length and the times it had: the file’s other times give it away, and the slow beat besides', () => {
  const broken = watched()
  expect(broken()).toBeUndefined()
  const altered = shippedText.replace('"fewestPeople":2', '"fewestPeople":1')
  expect(altered).toHaveLength(shippedText.length)
  writeFileSync(file, altered)
  utimesSync(file, 0, 0)
  expect(broken()).toMatch(/is not what was built/)
})

test('between two looks nothing is read; after a minute it is, however the file looks', () => {
  let asked = 0
  const broken = watchRules({ file, recorded: sha256, loaded: shippedText }, () => { asked += 1; return elapsedMs })
  expect(broken()).toBeUndefined()
  const begun = performance.now()
  for (let times = 0; times < 200; times += 1) broken()
  expect(performance.now() - begun).toBeLessThan(200)
  elapsedMs = 61_000
  expect(broken()).toBeUndefined()
  expect(asked).toBeGreaterThan(200)
})

describe('a newer build', () => {
  test('that takes its place under a running program holds nothing up: that goes on with the rows it has loaded', () => {
    const broken = watched()
    expect(broken()).toBeUndefined()
    put(newer)
    expect(broken()).toBeUndefined()
  })
  test('is another matter where its digest is not that of the file', () => {
    const broken = watched()
    expect(broken()).toBeUndefined()
    put(newer, sha256)
    expect(broken()).toMatch(/is not what was built/)
  })
  test('and where a program starts beside a file that was never its own', () => {
    put(newer)
    expect(watched()()).toMatch(/is not what was built/)
  })
})

test('a program whose own rows are not those it was built with says so, whatever the file is', () => {
  expect(watched({ loaded: newer })()).toMatch(/rules in this program.*started again/)
  put(newer)
  expect(watched({ loaded: newer })()).toMatch(/rules in this program/)
})

test('a file in the place of a folder, or one nobody may open, is as good as missing', () => {
  renameSync(file, `${file}.kept`)
  const broken = watchRules({ file: path.join(`${file}.kept`, 'rulebook.json'), recorded: sha256, loaded: shippedText })
  expect(broken()).toMatch(/is missing, or cannot be read/)
  expect(readFileSync(`${file}.kept`, 'utf8')).toBe(shippedText)
})
