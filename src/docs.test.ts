import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from './cli/commands.ts'
import { roleNames } from './core/access/roles.ts'
import { usage } from './server/settings.ts'

/** What the documents say is held against the tree. Each check is first shown to catch a planted fault. */
interface Document {
  /** From the root of the repository, such as `docs/glossary.md`. */
  name: string
  text: string
}
type Tree = Pick<typeof disk, 'exists' | 'read'>

const disk = {
  exists: (name: string) => existsSync(name),
  read: (name: string) => readFileSync(name, 'utf8'),
}
/** A tree with these files and no others, for showing that a check can fail. */
const planted = (files: Record<string, string>): Tree => ({ exists: (name) => name in files, read: (name) => files[name] ?? '' })

const documents = [...documentsBelow('.'), ...['LICENSE', 'NOTICE'].map(document)]
const named = (name: string) => documents.find((each) => each.name === name) ?? { name, text: '' }

describe('the capabilities', () => {
  const written = named('docs/capabilities.md').text
  const row = (number: number, state: string, proof: string) => `| ${number} | something | ${state} | ${proof} |`
  const whole = (changed: string) => [...Array.from({ length: 96 }, (_, at) => row(at + 1, 'absent', '')).filter((_, at) => at !== 6), changed].join('\n')
  const tree = planted({ 'src/a.test.ts': "test('adds two doses', () => {})\ntest.each([[1, 2]])('%i becomes %i', () => {})", 'src/b.test.ts': "it('first one; then another', () => {})", 'bench/a.ts': '' })

  test('each of the 96 is there once, with a state we know, and what is claimed is proved by something that exists', () => {
    expect(capabilityFaults(written, disk)).toEqual([])
  })

  test.each([
    ['whole', row(7, 'full', '`src/a.test.ts` “adds two doses”'), []],
    ['whole, by a table of cases', row(7, 'partial', '`src/a.test.ts` “becomes %i”'), []],
    ['whole, with a semicolon in a title', row(7, 'full', '`src/b.test.ts` “first one; then another”; `npm start`'), []],
    ['whole, by commands', row(7, 'partial', '`npm run kap -- verify --all`; `node bench/a.ts`; `npm start`'), []],
    ['a row is missing', '', ['7: is not there']],
    ['a row stands twice', `${row(7, 'absent', '')}\n${row(7, 'absent', '')}`, ['7: stands twice']],
    ['a number too many', `${row(7, 'absent', '')}\n${row(97, 'absent', '')}`, ['97: is no capability']],
    ['an unknown state', row(7, 'nearly', '`npm start`'), ['7: "nearly" is no state']],
    ['a claim without proof', row(7, 'full', ''), ['7: full without proof']],
    ['proof of nothing', row(7, 'absent', '`npm start`'), ['7: absent with proof']],
    ['words for a proof', row(7, 'partial', 'somebody tried it'), ['7: "somebody tried it" is no proof']],
    ['a file that is gone', row(7, 'partial', '`src/gone.test.ts` “adds”'), ['7: src/gone.test.ts is not there']],
    ['a file without its test', row(7, 'partial', '`src/a.test.ts`'), ['7: "`src/a.test.ts`" is no proof']],
    ['a test that is gone', row(7, 'partial', '`src/a.test.ts` “adds three doses”'), ['7: no test in src/a.test.ts is called “adds three doses”']],
    ['a command nobody knows', row(7, 'partial', '`npm run kap -- cure`'), ['7: `npm run kap -- cure` cannot be run']],
    ['a program that is gone', row(7, 'partial', '`node bench/gone.ts`'), ['7: `node bench/gone.ts` cannot be run']],
  ])('%s', (_, changed, expected) => {
    expect(capabilityFaults(whole(changed), tree)).toEqual(expected)
  })

  test('the sums at the head are those of the table', () => {
    const counted = (state: string) => rowsOf(written).filter((each) => each.state === state).length
    expect(written).toContain(`${counted('full')} full, ${counted('partial')} partial, ${counted('absent')} absent`)
  })
})

describe('rooms', () => {
  const rooms = ['src', 'src/web'].flatMap(foldersIn).concat('e2e', 'bench', 'tools').filter((room) => room !== 'src/web/assets')

  test('each has a README of one screen, which is at most 60 lines', () => {
    expect(rooms).toEqual(expect.arrayContaining(['src/core', 'src/knowledge', 'src/server', 'src/web', 'src/cli', 'src/web/kit', 'src/web/portal']))
    expect(roomFaults(['src/core'], planted({}))).toEqual(['src/core has no README.md'])
    expect(roomFaults(['src/core'], planted({ 'src/core/README.md': '\n'.repeat(61) }))).toEqual(['src/core/README.md has 61 lines'])
    expect(roomFaults(rooms, disk)).toEqual([])
  })

  test('every file that a room’s README names is in that room', () => {
    expect(strangeFiles('src/core', 'begin with `chart.ts` and `a/b.ts`', ['chart/chart.ts', 'x/a/b.ts'])).toEqual([])
    expect(strangeFiles('src/core', 'begin with `card.ts`', ['chart/chart.ts', 'postcard.ts'])).toEqual(['src/core/README.md: card.ts'])
    const strange = rooms.flatMap((room) => strangeFiles(room, disk.read(`${room}/README.md`), readdirSync(room, { recursive: true, encoding: 'utf8' })))
    expect(strange).toEqual([])
  })

  test('the architecture fits into 200 lines', () => {
    expect(lineCount('\n'.repeat(201))).toBe(201)
    expect(lineCount(named('ARCHITECTURE.md').text)).toBeGreaterThan(50)
    expect(lineCount(named('ARCHITECTURE.md').text)).toBeLessThanOrEqual(200)
  })
})

describe('links', () => {
  const there = planted({ 'docs/b.md': '# Two words\n\n## A `name` of it\n' })

  test.each([
    ['[b](b.md)', []], ['[b](./b.md#two-words)', []], ['[b](b.md#a-name-of-it)', []], ['[x](https://example.org/a)', []], ['`[b](gone.md)`', []],
    ['[b](gone.md)', ['docs/a.md → gone.md']], ['![picture](gone.png)', ['docs/a.md → gone.png']], ['[b](b.md#three-words)', ['docs/a.md → b.md#three-words']],
    ['[b](/etc/b.md)', ['docs/a.md → /etc/b.md']],
  ])('%s', (text, expected) => {
    expect(brokenLinks([{ name: 'docs/a.md', text }], there)).toEqual(expected)
  })

  test('every link between documents leads somewhere', () => {
    expect(documents.flatMap(linksOf).length).toBeGreaterThan(20)
    expect(brokenLinks(documents, disk)).toEqual([])
  })

  test('paths in code style are there', () => {
    const faults = (text: string) => missingPaths([{ name: 'a.md', text }], planted({ 'src/core/a.ts': '' }))
    expect(faults('in `src/core/a.ts` and `src/core/…` and `npm start`')).toEqual([])
    expect(faults('in `src/core/b.ts`')).toEqual(['a.md: src/core/b.ts'])
    expect(missingPaths(documents, disk)).toEqual([])
  })
})

test('the index of decisions lists every decision, once, under its own title', () => {
  const files = { '0001-a.md': '# 0001 · One', '0002-b.md': '# 0002 · Two' }
  expect(decisionFaults('[0001](0001-a.md) | One |\n[0002](0002-b.md) | Two |', files)).toEqual([])
  expect(decisionFaults('[0001](0001-a.md) | One |', files)).toEqual(['0002-b.md is not listed'])
  expect(decisionFaults('[0001](0001-a.md) | Won |\n[0002](0002-b.md) | Two |', files)).toEqual(['0001-a.md is not called so'])
  const decisions = readdirSync('docs/decisions').filter((name) => /^\d{4}-.*\.md$/.test(name))
  expect(decisions.length).toBeGreaterThanOrEqual(10)
  expect(decisionFaults(named('docs/decisions/README.md').text, Object.fromEntries(decisions.map((name) => [name, disk.read(`docs/decisions/${name}`)])))).toEqual([])
})

test('the documents speak of the product alone: no machine, no maker, no numbered task', () => {
  const fault = (text: string) => strayWords([{ name: 'a.md', text }])
  for (const text of ['see /work/' + 'main/src', 'in ../' + 'shared/x', '/home/ann/x', 'C:\\Users\\ann', 'issue ' + '12 asks', 'see #' + '12', 'made with A' + 'I', 'an L' + 'LM wrote it', 'in an earlier work ' + 'session', 'the br' + 'ief says', 'HIPAA comp' + 'liant']) {
    expect(fault(text), text).toHaveLength(1)
  }
  expect(fault('Staff sign in at /work/charts; the medicine session is open, `src/web/portal/home/next.ts` is a file, and [a](b.md#2-words) is a link.')).toEqual([])
  expect(strayWords(documents)).toEqual([])
})

test('the README explains every setting the program reads, and names no other', () => {
  const inWords = (text: string) => text.match(/\b[A-Z]+(?:_[A-Z]+)+\b|\b(?:PORT|HOST)\b/g) ?? []
  const explained = (text: string) => text.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name))
  expect(explained('| `HOST`, `PORT` | where |\nand PUBLIC_URL')).toEqual(['HOST', 'PORT'])
  const known = new Set(inWords(usage))
  const { text } = named('README.md')
  expect(known.size).toBeGreaterThan(8)
  expect(explained(text).toSorted()).toEqual([...known].toSorted())
  expect(inWords(text).filter((name) => !known.has(name) && name !== 'KAP_AS')).toEqual([])
})

test('the README names every question of kap, and no other', () => {
  const asked = new Set([...named('README.md').text.matchAll(/npm run kap -- ([a-z]+)/g)].map(([, name]) => name))
  expect([...asked].toSorted()).toEqual([...Object.keys(commands), 'help'].toSorted())
})

test('the glossary knows every role', () => {
  const unknown = (text: string) => Object.values(roleNames).filter((name) => !termsOf(text).includes(name.replace('care ', '')))
  expect(unknown('| **monitor** | |')).toHaveLength(Object.keys(roleNames).length - 1)
  expect(unknown(named('docs/glossary.md').text)).toEqual([])
})

test('one noun for one thing: no term stands twice in the glossary', () => {
  const faults = (text: string) => { const terms = termsOf(text); return terms.filter((term, at) => terms.indexOf(term) !== at) }
  expect(faults('| **chart** | a |\n| **Chart** | b |')).toEqual(['chart'])
  expect(termsOf(named('docs/glossary.md').text).length).toBeGreaterThan(40)
  expect(faults(named('docs/glossary.md').text)).toEqual([])
})

function documentsBelow(folder: string): Document[] {
  const left = new Set(['node_modules', '.git', 'dist', '.data', 'test-results', 'screenshots'])
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const name = posix.join(folder, item.name)
    if (item.isDirectory()) return left.has(item.name) ? [] : documentsBelow(name)
    return item.name.endsWith('.md') ? [document(name)] : []
  })
}

function document(name: string): Document {
  return { name, text: readFileSync(name, 'utf8') }
}

function foldersIn(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).filter((item) => item.isDirectory()).map((item) => `${folder}/${item.name}`)
}

function rowsOf(text: string) {
  return text.split('\n').flatMap((line) => {
    const [, number, , state, proof] = line.split('|').map((cell) => cell.trim())
    return /^\d+$/.test(number ?? '') ? [{ number: Number(number), state: state ?? '', proof: proof ?? '' }] : []
  })
}

function capabilityFaults(text: string, tree: Tree): string[] {
  const rows = rowsOf(text)
  const count = (number: number) => rows.filter((row) => row.number === number).length
  const missing = Array.from({ length: 96 }, (_, at) => at + 1).flatMap((number) => (count(number) === 0 ? [`${number}: is not there`] : count(number) > 1 ? [`${number}: stands twice`] : []))
  return [...missing, ...rows.flatMap((row) => rowFaults(row, tree).map((fault) => `${row.number}: ${fault}`))]
}

function rowFaults({ number, state, proof }: ReturnType<typeof rowsOf>[number], tree: Tree): string[] {
  if (number < 1 || number > 96) return ['is no capability']
  if (!['absent', 'partial', 'full'].includes(state)) return [`"${state}" is no state`]
  if (state === 'absent') return proof ? ['absent with proof'] : []
  return proof ? proof.split(/;\s+(?=`)/).flatMap((one) => proofFaults(one, tree)) : [`${state} without proof`]
}

/** A test by its file and a part of its title, or a command. */
function proofFaults(proof: string, tree: Tree): string[] {
  const [, file, title] = /^`([\w./-]+\.test\.tsx?)` “([^”]+)”$/.exec(proof) ?? []
  if (file && title) {
    if (!tree.exists(file)) return [`${file} is not there`]
    return titlesIn(tree.read(file)).some((each) => each.includes(title)) ? [] : [`no test in ${file} is called “${title}”`]
  }
  const [, command] = /^`((?:npm|node) [^`]+)`$/.exec(proof) ?? []
  if (!command) return [`"${proof}" is no proof`]
  return canBeRun(command, tree) ? [] : [`\`${command}\` cannot be run`]
}

function canBeRun(command: string, tree: Tree) {
  const [program, first, ...rest] = command.split(' ')
  if (program === 'node') return tree.exists(first ?? '')
  return first === 'start' || first === 'test' || (first === 'run' && rest[0] === 'kap' && rest[1] === '--' && Object.hasOwn(commands, rest[2] ?? ''))
}

/** What tests and groups of tests are called, tables included: whatever text opens the brackets after `test`, or after its table. */
function titlesIn(text: string) {
  const opened = [/\b(?:test|it|describe)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g, /\)\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g]
  return opened.flatMap((pattern) => [...text.matchAll(pattern)].map(([, , title = '']) => title))
}

function roomFaults(rooms: readonly string[], tree: Tree) {
  return rooms.flatMap((room) => {
    const name = `${room}/README.md`
    if (!tree.exists(name)) return [`${room} has no README.md`]
    const lines = lineCount(tree.read(name))
    return lines > 60 ? [`${name} has ${lines} lines`] : []
  })
}

/** Names that begin with a folder of the repository are looked at elsewhere. */
function strangeFiles(room: string, text: string, files: readonly string[]) {
  return [...text.matchAll(/`([\w.-][\w./-]*\.(?:tsx?|mjs|css))`/g)].map(([, name = '']) => name)
    .filter((name) => !/^(src|tools|e2e|bench|docs|dist)\//.test(name) && !name.includes('*') && !files.some((file) => file === name || file.endsWith(`/${name}`)))
    .map((name) => `${room}/README.md: ${name}`)
}

function lineCount(text: string) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')

function linksOf({ text }: Document) {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter((to) => !/^(https?|mailto):/.test(to))
}

function brokenLinks(from: readonly Document[], tree: Tree) {
  return from.flatMap((each) => linksOf(each).filter((to) => {
    const [path = '', anchor] = to.split('#')
    const file = path === '' ? each.name : posix.join(posix.dirname(each.name), path)
    if (path.startsWith('/') || (path !== '' && !tree.exists(file))) return true
    return anchor !== undefined && !anchorsIn(path === '' ? each.text : tree.read(file)).includes(anchor)
  }).map((to) => `${each.name} → ${to}`))
}

function anchorsIn(text: string) {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

/** Whatever looks like a file or folder of this repository and is written as code. Patterns and left-out parts are no paths. */
function missingPaths(from: readonly Document[], tree: Tree) {
  return from.flatMap(({ name, text }) => [...text.matchAll(/`((?:src|tools|e2e|bench|docs)\/[\w./-]*)`/g)]
    .map(([, path = '']) => path.replace(/\/$/, '')).filter((path) => !tree.exists(path)).map((path) => `${name}: ${path}`))
}

function decisionFaults(index: string, files: Readonly<Record<string, string>>) {
  return Object.entries(files).flatMap(([file, text]) => {
    const lines = index.split('\n').filter((line) => line.includes(`(${file})`))
    const title = /^# \d{4} · (.+)$/m.exec(text)?.[1]
    if (lines.length !== 1) return [`${file} is not listed`]
    return title && lines[0]!.includes(`| ${title} |`) ? [] : [`${file} is not called so`]
  })
}

/** Written in pieces, so that this file does not hold what it looks for. */
function strayWords(from: readonly Document[]) {
  const stray = new RegExp([
    String.raw`\/work\/(?:main|sha` + String.raw`red|\.lib)`, String.raw`\.\.\/sha` + 'red', String.raw`(?<!\w)\/(?:home|tmp)\/`, String.raw`\\Users\\`,
    String.raw`\biss` + String.raw`ues? #?\d`, String.raw`(?:^|\s)#\d+\b`, String.raw`\bA` + String.raw`I\b`, String.raw`\bL` + String.raw`LMs?\b`,
    String.raw`\b(?:work|coding|helper|earlier|previous) ses` + String.raw`sions?\b`, String.raw`\bbr` + String.raw`ief (?:says|asks)`, String.raw`\bcomp` + 'liant',
  ].join('|'), 'g')
  return from.flatMap(({ name, text }) => (text.match(stray) ?? []).map((word) => `${name}: ${word.trim()}`))
}

function termsOf(text: string) {
  return [...text.matchAll(/^\| \*\*([^*]+)\*\*/gm)].map(([, term = '']) => term.toLowerCase())
}
