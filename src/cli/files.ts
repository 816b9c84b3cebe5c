import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { dataFolder } from '../server/launch/data-folder.ts'
import { readSettings } from '../server/settings.ts'
import { CannotReach } from './chart-port.ts'
import { CannotUse, type Surroundings } from './command.ts'

const why = (failure: unknown) => (failure as { code?: string }).code ?? (failure instanceof Error ? failure.message : String(failure))

export const readText: Surroundings['readText'] = async (name) => {
  if (name === '-') return text(process.stdin)
  try {
    return (await stat(name)).isDirectory() ? await readFolder(name) : await readFile(name, 'utf8')
  } catch (failure) {
    if (failure instanceof CannotUse) throw failure
    throw new CannotUse(`${name} could not be read (${why(failure)}). Nothing was done.`)
  }
}

/** A file, or standard input, as whole lines in batches: nothing is held but the line that is not finished yet. */
export const readLines: Surroundings['readLines'] = async function* (name) {
  const stream = name === '-' ? process.stdin : createReadStream(name)
  stream.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${chunk as string}`.split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines
    }
  } catch (failure) {
    throw new CannotUse(`${name === '-' ? 'Standard input' : name} could not be read (${why(failure)}). What was answered before stands; nothing was changed.`)
  }
  if (rest !== '') yield [rest]
}

export const digestOf: Surroundings['digestOf'] = async (name) => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(name)) hash.update(chunk as Buffer)
  } catch (failure) {
    throw new CannotUse(`${name} could not be read again (${why(failure)}). Nothing was recorded.`)
  }
  return hash.digest('hex')
}

/** Where `DATA_DIR` says, as it says it to the server. Every server leaves its secret there at its first start. */
export const practiceFolder: Surroundings['practiceFolder'] = () => {
  const { data } = readSettings([], process.env, process.cwd())
  if (!existsSync(data.folder) && !data.relocatable) throw new CannotReach(noPractice(data.folder))
  const folder = dataFolder(data.folder, { relocatable: data.relocatable })
  if (!existsSync(path.join(folder, 'secret'))) throw new CannotReach(noPractice(folder))
  return folder
}
const noPractice = (folder: string) => `There is no practice in ${folder}. Nothing was recorded: set DATA_DIR to where it is kept, or start OpenKAP once.`

/** A folder of FHIR files reads as one: every file's resources, one a line, in the order of the names. */
async function readFolder(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  if (names.length === 0) throw new CannotUse(`${folder} holds no .json file. Nothing was done.`)
  const lines: string[] = []
  for (const name of names) {
    const content = await readFile(path.join(folder, name), 'utf8')
    try {
      lines.push(JSON.stringify(JSON.parse(content)))
    } catch {
      throw new CannotUse(`${path.join(folder, name)} is not JSON. Nothing was done: take it out, or put it right.`)
    }
  }
  return lines.join('\n')
}

/** Written beside its place and moved there at the end, so that nobody takes half an export for a whole one. Only the owner may read it. */
export const placeFolder: Surroundings['placeFolder'] = async (name, files) => {
  const folder = path.resolve(name)
  const half = `${folder}.part-${process.pid}`
  await refuseTaken(name, folder, typeof files === 'function')
  try {
    await mkdir(half, { mode: 0o700, recursive: true })
    if (typeof files === 'function') await files(half)
    else await writeAll(half, files)
    await rename(half, folder)
  } catch (failure) {
    await rm(half, { recursive: true, force: true }).catch(() => {})
    if (failure instanceof CannotUse) throw failure
    throw new CannotUse(`${name} could not be written (${why(failure)}). Nothing was kept of it. Make room or name another place, then export again.`)
  }
}

async function refuseTaken(name: string, folder: string, mayBeEmpty: boolean): Promise<void> {
  const there = await stat(folder).catch(() => undefined)
  if (!there || (mayBeEmpty && there.isDirectory() && (await readdir(folder)).length === 0)) return
  throw new CannotUse(`${name} is there already, and was left as it is. Name a new folder.`)
}

async function writeAll(half: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(half, file)), { mode: 0o700, recursive: true })
    await writeFile(path.join(half, file), content, { mode: 0o600 })
  }
}

export const placeFile: Surroundings['placeFile'] = async (name, content) => {
  const file = path.resolve(name)
  const half = `${file}.part-${process.pid}`
  if (await stat(file).catch(() => undefined)) throw new CannotUse(`${name} is there already, and was left as it is. Name a new file.`)
  try {
    await writeFile(half, content, { mode: 0o600 })
    await rename(half, file)
  } catch (failure) {
    await rm(half, { force: true }).catch(() => {})
    throw new CannotUse(`${name} could not be written (${why(failure)}). Nothing was kept of it. Make room or name another place, then ask again.`)
  }
}
