import { readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { aliasOf } from '../../core/registry/alias.ts'
import { deidentified } from '../../core/registry/de-identify.ts'
import { dictionary, dictionaryText } from '../../core/registry/dictionary.ts'
import { quasiKey, tooSmall } from '../../core/registry/k-anonymous.ts'
import { tableNames, type TableName } from '../../core/registry/tables.ts'
import { countPerson, newTally, shareable, type Shareable, type Tally } from '../../core/registry/tally.ts'
import { leftOutReasons, tell, type LeftOut, type Told } from '../../core/registry/told.ts'
import { registryRows } from '../../knowledge/registry.ts'
import { registryRules } from '../../server/registry.ts'
import type { RegistryPort } from '../chart-port.ts'
import { CannotUse, type ExitCode, type Surroundings } from '../command.ts'
import { writerOf, type Format } from './writers.ts'

/** Charts read at once: what is held of charts at most. */
const AT_ONCE = 50
const fewest = registryRows.fewest.people

type LeftOuts = Record<LeftOut, number>
/** One chart whose consent stands. A chart only grows, so the second reading stops where the first one did. */
interface Candidate { readonly chart: string; readonly openedAt: string; readonly upTo: number; readonly person: string }

/**
 * Reads every chart whose consent stands twice: once to count, so that what is rare is known before anything is written;
 * and once to write, a few charts at a time. In between are held counts, and one line a person who leaves. People are written
 * in the order of their made-up names, since any other order would tell something.
 */
export async function exportRegistry(registry: RegistryPort, folder: string, formats: readonly Format[], surroundings: Surroundings): Promise<ExitCode> {
  const now = surroundings.now()
  const consents = await registry.consents()
  const leftOut = Object.fromEntries(leftOutReasons.map((reason) => [reason, 0])) as LeftOuts
  Object.assign(leftOut, { withdrawn: consents.withdrawn, 'older-words': consents.olderWords, unreadable: consents.unreadable })
  leftOut['not-asked'] = consents.charts - consents.agreed.length - consents.withdrawn - consents.olderWords - consents.unreadable
  const { tally, candidates } = await countAll(registry, consents.agreed, leftOut)
  const may = shareable(tally, registryRows)
  leftOut['too-few-alike'] = tally.persons - may.people
  if (may.people < fewest) {
    surroundings.err([`${may.people === 0 ? 'Nobody' : `${may.people}`} of ${consents.charts} patients could be in an export, and it takes ${fewest} at least: fewer could be recognised. Nothing was written.`, ...sayLeftOut(leftOut)].join('\n'))
    return 1
  }
  const written: string[] = []
  await surroundings.placeFolder(folder, async (half) => {
    const rows = await writeAll(registry, candidates, may, half, formats, written)
    await writeFile(path.join(half, 'dictionary.json'), `${JSON.stringify(dictionary, undefined, 1)}\n`, { mode: 0o600 })
    await writeFile(path.join(half, 'dictionary.md'), `${dictionaryText()}\n`, { mode: 0o600 })
    const manifest = `${JSON.stringify(await manifestOf(registry, half, { rows, leftOut, people: written.length, may, now, formats }, surroundings), undefined, 1)}\n`
    await writeFile(path.join(half, 'manifest.json'), manifest, { mode: 0o600 })
    // Said on every chart before the folder has its name: what was handed on and is on no record must not be.
    await registry.note('registry.exported', { people: written.length, formats, rules: registryRules, rows }, written)
  })
  surroundings.out([`${written.length} people written to ${folder}, in groups of ${fewest} or more who are alike in sex, age band, indication, route, year and protocol.`, ...sayLeftOut(leftOut), ...sayHidden(may), `A line stands on each of their charts. dictionary.md says what every column means; manifest.json counts the rows and names every file by its digest. What is handed on cannot be called back.`].join('\n'))
  return 0
}

async function countAll(registry: RegistryPort, agreed: readonly { readonly chart: string; readonly openedAt: string }[], leftOut: LeftOuts): Promise<{ tally: Tally; candidates: Candidate[] }> {
  const tally = newTally()
  const candidates: Candidate[] = []
  for (let from = 0; from < agreed.length; from += AT_ONCE) {
    const batch = agreed.slice(from, from + AT_ONCE)
    const streams = await registry.read(batch.map(({ chart }) => chart))
    for (const { chart, openedAt } of batch) {
      const entries = streams.get(chart) ?? []
      const told = readable(() => tell(entries, openedAt, registry.rows))
      if (typeof told === 'string') { leftOut[told] += 1; continue }
      countPerson(tally, told, registryRows)
      candidates.push({ chart, openedAt, upTo: entries.at(-1)!.seq, person: aliasOf(chart, registry.keyed, registryRows.calendar).person })
    }
  }
  return { tally, candidates: candidates.toSorted((a, b) => (a.person < b.person ? -1 : 1)) }
}

/** A chart that cannot be read says nothing, and is counted as one that cannot. */
function readable(read: () => Told | LeftOut): Told | LeftOut {
  try {
    return read()
  } catch {
    return 'unreadable'
  }
}

async function writeAll(registry: RegistryPort, candidates: readonly Candidate[], may: Shareable, half: string, formats: readonly Format[], written: string[]): Promise<Record<TableName, number>> {
  const writers = await Promise.all(formats.map((format) => writerOf(format, half)))
  const rows = Object.fromEntries(tableNames.map((name) => [name, 0])) as Record<TableName, number>
  const classes = new Map<string, number>()
  for (let from = 0; from < candidates.length; from += AT_ONCE) {
    const batch = candidates.slice(from, from + AT_ONCE)
    const streams = await registry.read(batch.map(({ chart }) => chart))
    for (const candidate of batch) {
      const told = toldAgain(registry, candidate, streams.get(candidate.chart) ?? [])
      const quasi = may.classes(told.quasi)
      if (!quasi) continue
      const person = deidentified(told, aliasOf(candidate.chart, registry.keyed, registryRows.calendar), quasi, may)
      for (const name of tableNames) rows[name] += person[name].length
      classes.set(quasiKey(quasi), (classes.get(quasiKey(quasi)) ?? 0) + 1)
      for (const writer of writers) await writer.write(person)
      written.push(candidate.chart)
    }
  }
  for (const writer of writers) await writer.end()
  if (tooSmall(classes, fewest).length > 0) throw new CannotUse('People who are alike came out as fewer than the rule asks for. Nothing was kept of it: this is a fault of the program, and has to be reported.')
  return rows
}

function toldAgain(registry: RegistryPort, { openedAt, upTo }: Candidate, entries: Parameters<typeof tell>[0]): Told {
  if (tell(entries, openedAt, registry.rows) === 'withdrawn') throw new CannotUse('Somebody took their consent back while this was being written. Nothing was kept of it: export again, and they are not in it.')
  const told = tell(entries.filter(({ seq = 0 }) => seq <= upTo), openedAt, registry.rows)
  if (typeof told === 'string') throw new CannotUse('A chart read otherwise the second time. Nothing was kept of it: export again.')
  return told
}

/** What goes along says nothing exact about few people either. */
const orFew = (people: number) => (people === 0 || people >= fewest ? people : `fewer than ${fewest}`)

interface Manifest {
  readonly rows: Readonly<Record<TableName, number>>
  readonly leftOut: LeftOuts
  readonly people: number
  readonly may: Shareable
  readonly now: string
  readonly formats: readonly Format[]
}

/** No name of the practice: it would say where these people live. Who exported stands in the practice's own audit. */
async function manifestOf(registry: RegistryPort, half: string, { rows, leftOut, people, may, now, formats }: Manifest, { digestOf }: Surroundings) {
  const names = (await readdir(half, { recursive: true })).map((name) => name.replaceAll('\\', '/')).toSorted()
  const files = []
  for (const name of names) {
    const found = await stat(path.join(half, name))
    if (found.isFile()) files.push({ name, bytes: found.size, sha256: await digestOf(path.join(half, name)) })
  }
  return {
    kind: 'openkap-registry-export', version: 1, practice: registry.alias, exportedOn: now.slice(0, 10), exportedBy: 'the owner of the practice, at its server', formats,
    ...(registry.sample ? { sample: 'Everybody and everything in this practice is invented.' } : {}),
    rules: { ...registryRules, fewest }, edition: registry.edition, people, rows,
    leftOut: Object.fromEntries(Object.entries(leftOut).map(([reason, many]) => [reason, orFew(many)])), hidden: { sideEffects: may.hidden.terms, questionnaires: may.hidden.instruments }, files,
  }
}

const reasonWords: Readonly<Record<LeftOut, string>> = {
  'not-asked': 'did not sign the consent to it', withdrawn: 'took that consent back', 'older-words': 'signed it in words that are no longer today’s', unreadable: 'have a chart that could not be read', 'no-course-counted': 'have no course yet whose last score has had its time', 'too-few-alike': 'are like too few others',
}
const sayLeftOut = (leftOut: LeftOuts): string[] => leftOutReasons.filter((reason) => leftOut[reason] > 0).map((reason) => `  not in it: ${leftOut[reason]} ${leftOut[reason] === 1 ? 'patient' : 'patients'} who ${reasonWords[reason]}`)
const sayHidden = ({ hidden: { terms, instruments } }: Shareable): string[] => [
  ...(terms > 0 ? [`  told as “other”, or not at all: ${terms} ${terms === 1 ? 'side effect' : 'side effects'} that fewer than ${fewest} people had`] : []), ...(instruments > 0 ? [`  not told: ${instruments} ${instruments === 1 ? 'questionnaire' : 'questionnaires'} that fewer than ${fewest} people answered`] : []),
]
