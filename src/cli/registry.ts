import type { AggregateFile } from '../core/registry/aggregate/file.ts'
import { given, textOf } from './arguments.ts'
import { WrongUse, withCharts, type Command, type ExitCode, type Surroundings } from './command.ts'
import { exportRegistry } from './registry/export.ts'
import { readAggregateFile, sayFault } from './registry/files-read.ts'
import { registryPage } from './registry/page.ts'
import { formats, type Format } from './registry/writers.ts'

export const registryCommand: Command = {
  usage: 'kap registry export --out FOLDER [--format csv|parquet|fhir|all]   |   kap registry aggregate --out FILE.json   |   kap registry check FILE.json   |   kap registry read FILE.json … --out PAGE.html',
  says: 'Gives a registry what it may have. `export` writes rows of the patients who signed the consent to it, taken away from them: days moved, no free text, nobody in a group of fewer than ten. `aggregate` writes counts of everybody treated here, in which nothing tells of fewer than ten. `check` works out from the numbers of such a file that this is so. `read` puts the files of several practices on one page.',
  async run([what, ...args], surroundings) {
    if (what === 'export') return exportAsked(args, surroundings)
    if (what === 'aggregate') return aggregate(args, surroundings)
    if (what === 'check') return check(args, surroundings)
    if (what === 'read') return read(args, surroundings)
    throw new WrongUse('Say what: export, aggregate, check or read.')
  },
}

async function exportAsked(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = given(args, { out: 'text', format: 'text' })
  const [folder, format = 'all'] = [textOf(options, 'out'), textOf(options, 'format')]
  if (!folder || options.positionals.length > 0) throw new WrongUse('Name the folder with --out, and nothing else.')
  const chosen = format === 'all' ? formats : formats.filter((one) => one === format)
  if (chosen.length === 0) throw new WrongUse(`--format is ${formats.join(', ')} or all.`)
  return withCharts(surroundings, async (charts) => exportRegistry(await charts.registry(surroundings.now()), folder, chosen satisfies readonly Format[], surroundings))
}

async function aggregate(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = given(args, { out: 'text' })
  const name = textOf(options, 'out')
  if (!name || options.positionals.length > 0) throw new WrongUse('Name the file with --out, and nothing else.')
  return withCharts(surroundings, async (charts) => {
    const registry = await charts.registry(surroundings.now())
    const file = await registry.aggregate()
    if (file.cells.length === 0) {
      surroundings.err(`Fewer than ${file.fewest} people have a course here that can be counted: nothing can be said of them. Nothing was written.`)
      return 1
    }
    await surroundings.placeFile(name, `${JSON.stringify(file, undefined, 1)}\n`)
    await registry.note('registry.aggregated', { cells: file.cells.length, people: peopleIn(file), digest: file.digest }, [])
    surroundings.out(`${peopleIn(file)} people counted in ${file.cells.length} ${file.cells.length === 1 ? 'group' : 'groups'}, written to ${name}. kap registry check ${name} works out again that nothing in it tells of fewer than ${file.fewest}.`)
    return 0
  })
}

const peopleIn = ({ cells }: AggregateFile): number => cells.reduce((sum, { people }) => sum + people, 0)

async function check(args: readonly string[], { readText, out, err }: Surroundings): Promise<ExitCode> {
  const [name, ...more] = given(args, {}).positionals
  if (name === undefined || more.length > 0) throw new WrongUse('Name one file.')
  const read = readAggregateFile(await readText(name))
  if (!read.ok) {
    err([...read.refusal.map((fault) => sayFault(name, fault)), 'Do not hand this file on, and do not read it with others.'].join('\n'))
    return 1
  }
  out(`${name}: ${read.value.practice.name}, ${peopleIn(read.value)} people in ${read.value.cells.length} ${read.value.cells.length === 1 ? 'group' : 'groups'}, counted to ${read.value.countedTo}. Nothing in it tells of fewer than ${read.value.fewest}, its sums fit, and nothing was changed since it was made.`)
  return 0
}

async function read(args: readonly string[], { readText, placeFile, out, err, now }: Surroundings): Promise<ExitCode> {
  const options = given(args, { out: 'text' })
  const page = textOf(options, 'out')
  if (!page || options.positionals.length === 0) throw new WrongUse('Name the files, and the page with --out.')
  const files: AggregateFile[] = []
  for (const name of options.positionals) {
    const found = readAggregateFile(await readText(name))
    if (!found.ok) {
      err([...found.refusal.map((fault) => sayFault(name, fault)), 'No page was written: read it without this file, or ask for a sound one.'].join('\n'))
      return 1
    }
    const twice = files.findIndex(({ practice }) => practice.id === found.value.practice.id)
    if (twice >= 0) {
      err(`${name} is of the same practice as ${options.positionals[twice]}: its people would be counted twice. No page was written: keep the newer of the two.`)
      return 1
    }
    files.push(found.value)
  }
  await placeFile(page, registryPage(files, now()))
  out(`${files.length} ${files.length === 1 ? 'practice' : 'practices'} with ${files.reduce((sum, file) => sum + peopleIn(file), 0)} people on ${page}. It needs no network.`)
  return 0
}
