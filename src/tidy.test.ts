import { readFileSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Properties of the code itself that no compiler checks. Each check is first shown to catch a planted fault. */
interface File {
  /** Below src, such as `core/chart/chart.ts`. */
  name: string
  text: string
}

const all = readAll('src', /\.tsx?$/)
const isTest = ({ name }: File) => /\.test\.tsx?$|(^|\/)(testing\/|fixtures\.tsx?$)/.test(name)
const shipped = all.filter((file) => !isTest(file))
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }

/** For each part of the house, longest path first: what it may import. Packages: all that are shipped, or the named. */
const walls: Record<string, { rooms: string[]; never?: string[]; packages: 'any' | string[] }> = {
  core: { rooms: ['core'], packages: ['zod', 'temporal-polyfill'] },
  knowledge: { rooms: ['knowledge', 'core'], packages: [] },
  server: { rooms: ['server', 'knowledge', 'core'], packages: 'any' },
  'web/kit': { rooms: ['web/kit'], packages: 'any' },
  'web/sync': { rooms: ['web', 'knowledge', 'core'], never: ['web/site', 'web/portal', 'web/workstation'], packages: 'any' },
  'web/site': { rooms: ['web', 'knowledge', 'core'], never: ['web/portal', 'web/workstation'], packages: 'any' },
  'web/portal': { rooms: ['web', 'knowledge', 'core'], never: ['web/site', 'web/workstation'], packages: 'any' },
  'web/workstation': { rooms: ['web', 'knowledge', 'core'], never: ['web/site', 'web/portal'], packages: 'any' },
  cli: { rooms: ['cli', 'core', 'knowledge', 'server'], never: ['server/http'], packages: 'any' },
}
const ofTheWholeTree = ['tidy.test.ts', 'docs.test.ts', 'bruises.test.ts']
const isIn = (name: string, place: string) => name === place || name.startsWith(`${place}/`)
const partOf = (name: string) => Object.keys(walls).find((part) => isIn(name, part))

describe('rooms', () => {
  test('every file belongs to one', () => {
    expect(homeless([{ name: 'shared/x.ts', text: '' }])).toEqual(['src/shared/x.ts'])
    expect(homeless(all)).toEqual([])
  })

  test.each(Object.keys(walls))('%s was looked at', (part) => {
    expect(shipped.filter(({ name }) => partOf(name) === part)).not.toEqual([])
  })

  test.each([
    ['core/a.ts', "import { x } from '../server/b.ts'"], ['core/a.ts', "import fs from 'node:fs'"], ['core/a.ts', "import type { P } from 'pg'"],
    ['knowledge/a.ts', "export * from 'zod'"], ['server/a.ts', "const x = await import('../web/site/b.tsx')"], ['cli/a.ts', "import { x } from '../server/http/app.ts'"],
    ['web/kit/a.tsx', "import type { Entry } from '../../core/chart/entry.ts'"], ['web/portal/a.tsx', "import '../workstation/b.css'"], ['web/sync/a.ts', "import { x } from '../../server/b.ts'"],
    ['server/a.ts', "import { x } from 'left-pad'"],
  ])('the walls would stop %s: %s', (name, text) => {
    expect(throughWalls([{ name, text }])).toHaveLength(1)
  })

  test('nobody imports through a wall, or a package that is not shipped', () => {
    expect(throughWalls(shipped)).toEqual([])
  })

  test('knowledge takes types from core, and values only from core/shared', () => {
    const rows = shipped.filter(({ name }) => isIn(name, 'knowledge'))
    expect(thinking([{ name: 'knowledge/a.ts', text: "import { score } from '../core/measures/score.ts'" }])).toHaveLength(1)
    expect(thinking([{ name: 'knowledge/a.ts', text: "import type { Protocol } from '../core/course/protocol.ts'\nimport { mg } from '../core/shared/units.ts'" }])).toEqual([])
    expect(thinking(rows)).toEqual([])
  })
})

test('core and knowledge ask for neither the time nor chance', () => {
  const impure = /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bTemporal\.Now\b|\bcrypto\.(randomUUID|getRandomValues)\b|\bsetTimeout\b|\bsetInterval\b|\bfetch\(/
  const pure = shipped.filter(({ name }) => isIn(name, 'core') || isIn(name, 'knowledge'))
  expect(linesWith([{ name: 'core/a.ts', text: 'const a = 1\nconst now = Date.now()' }], impure)).toEqual(['src/core/a.ts:2'])
  expect(linesWith(pure, impure)).toEqual([])
})

test('no file is longer than a reader can hold: 300 lines', () => {
  const files = [...all, ...['tools', 'e2e', 'bench'].flatMap((folder) => readAll(folder, /\.(ts|tsx|mjs)$/))]
  expect(tooLong([{ name: 'core/a.ts', text: '\n'.repeat(301) }])).toEqual(['core/a.ts: 301 lines'])
  expect(tooLong(files)).toEqual([])
})

test('no function is longer than a screen: 70 lines', () => {
  expect(longFunctions([{ name: 'core/a.ts', text: `export async function long() {${'\n  x()'.repeat(70)}\n}` }])).toEqual(['src/core/a.ts:1 long: 72 lines'])
  expect(longFunctions([{ name: 'core/a.ts', text: `function one() {\n}\n${'\n'.repeat(70)}function two() {\n}` }])).toEqual([])
  const inner = `  function inner() {${'\n    x()'.repeat(60)}\n  }`
  expect(longFunctions([{ name: 'core/a.ts', text: `function factory() {\n${inner}\n${'  y()\n'.repeat(60)}}` }])).toEqual([])
  expect(longFunctions([{ name: 'core/a.ts', text: `function factory() {\n${inner}\n${'  y()\n'.repeat(70)}}` }])).toEqual(['src/core/a.ts:1 factory: 73 lines'])
  expect(longFunctions([{ name: 'core/a.ts', text: `function factory() {\n  return {\n    async keep(one: { a: 1 }) {${'\n      x()'.repeat(70)}\n    },\n  }\n}` }])).toEqual(['src/core/a.ts:3 keep: 72 lines'])
  expect(longFunctions(shipped)).toEqual([])
})

test('nobody leaves a note to self, or a test that runs alone or not at all', () => {
  const note = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((word) => `\\b${word}\\b`).join('|'))
  const alone = /\b(test|describe|it)\.(only|skip|todo|fails)\(/
  expect(linesWith([{ name: 'a.ts', text: `// ${'TO' + 'DO'}: later` }], note)).toHaveLength(1)
  expect(linesWith(all, note)).toEqual([])
  expect(linesWith(all.filter(isTest), alone)).toEqual([])
})

test('imports say the file they mean, extension included', () => {
  const vague = (files: File[]) => files.flatMap(({ name, text }) => importsOf(text)
    .filter(({ path }) => path.startsWith('.') && !/\.(tsx?|css|json|mjs|svg|woff2)(\?\w+)?$/.test(path)).map(({ path }) => `src/${name} → ${path}`))
  expect(vague([{ name: 'core/a.ts', text: "import { b } from './b'" }])).toHaveLength(1)
  expect(vague(all)).toEqual([])
})

function readAll(folder: string, pattern: RegExp): File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(`${folder}/${name}`, 'utf8') }))
}

function importsOf(text: string) {
  const statements = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'/gm),
    ...text.matchAll(/^\s*import\s+()'([^']+)'/gm),
    ...text.matchAll(/\bimport\(\s*()'([^']+)'/g),
  ]
  return statements.map(([, type, path = '']) => ({ path, typeOnly: Boolean(type) }))
}

function homeless(files: File[]) {
  return files.filter(({ name }) => !partOf(name) && !ofTheWholeTree.includes(name)).map(({ name }) => `src/${name}`)
}

function throughWalls(files: File[]) {
  return files.flatMap(({ name, text }) => {
    const wall = walls[partOf(name) ?? '']
    return wall ? importsOf(text).filter(({ path }) => !mayImport(wall, name, path)).map(({ path }) => `src/${name} → ${path}`) : []
  })
}

function mayImport({ rooms, never = [], packages }: (typeof walls)[string], from: string, path: string) {
  if (path.startsWith('.')) {
    const target = posix.join(posix.dirname(from), path)
    return rooms.some((room) => isIn(target, room)) && !never.some((room) => isIn(target, room))
  }
  if (packages !== 'any') return packages.includes(path)
  if (path.startsWith('node:')) return isIn(from, 'server') || isIn(from, 'cli')
  const name = path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/')
  return name in dependencies
}

function thinking(files: File[]) {
  return files.flatMap(({ name, text }) => importsOf(text)
    .filter(({ path, typeOnly }) => !typeOnly && isIn(posix.join(posix.dirname(name), path), 'core') && !isIn(posix.join(posix.dirname(name), path), 'core/shared'))
    .map(({ path }) => `src/${name} → ${path}`))
}

function linesWith(files: File[], pattern: RegExp) {
  return files.flatMap(({ name, text }) => text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`src/${name}:${at + 1}`] : [])))
}

function tooLong(files: File[]) {
  return files.map(({ name, text }) => ({ name, lines: text.trimEnd() === text ? text.split('\n').length : text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300).map(({ name, lines }) => `${name}: ${lines} lines`)
}

/** Functions at the top level of a file, which is where the long ones are: from their first line to the brace below it. */
/** A function's own lines: one written inside another is counted by itself, so a factory is as long as what it says. */
function longFunctions(files: File[]) {
  return files.flatMap(({ name, text }) => {
    const lines = text.split('\n')
    const found = lines.flatMap((line, at) => {
      const [, indent, ...names] = BEGINS.exec(line) ?? []
      const called = names.find(Boolean)
      if (indent === undefined || !called) return []
      const end = lines.slice(at).findIndex((later) => later.startsWith(`${indent}}`) || later.startsWith(`${indent})`))
      return end > 0 ? [{ called, from: at, to: at + end }] : []
    })
    return found.flatMap(({ called, from, to }) => {
      const inside = found.filter((other) => other.from > from && other.to <= to && other.to > other.from)
      const outermost = inside.filter((one) => !inside.some((other) => other !== one && other.from < one.from && other.to >= one.to))
      const length = to - from + 1 - outermost.reduce((sum, one) => sum + one.to - one.from, 0)
      return length > 70 ? [`src/${name}:${from + 1} ${called}: ${length} lines`] : []
    })
  })
}
const BEGINS = /^( *)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|const (\w+) = .*=> \{$|(?!if\b|for\b|while\b|switch\b|catch\b|return\b)(\w+)\(.*\)(?:: [^=]+)? \{$)/
