import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { CannotUse, type Surroundings } from './command.ts'

const why = (failure: unknown) => (failure as { code?: string }).code ?? (failure instanceof Error ? failure.message : String(failure))

export const readText: Surroundings['readText'] = async (name) => {
  if (name === '-') return text(process.stdin)
  try {
    return await readFile(name, 'utf8')
  } catch (failure) {
    throw new CannotUse(`${name} could not be read (${why(failure)}). Nothing was done.`)
  }
}

/** Written beside its place and moved there at the end, so that nobody takes half an export for a whole one. Only the owner may read it. */
export const placeFolder: Surroundings['placeFolder'] = async (name, files) => {
  const folder = path.resolve(name)
  const half = `${folder}.part-${process.pid}`
  if (await stat(folder).catch(() => undefined)) throw new CannotUse(`${name} is there already, and was left as it is. Name a new folder.`)
  try {
    await mkdir(half, { mode: 0o700, recursive: true })
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(half, file)), { mode: 0o700, recursive: true })
      await writeFile(path.join(half, file), content, { mode: 0o600 })
    }
    await rename(half, folder)
  } catch (failure) {
    await rm(half, { recursive: true, force: true }).catch(() => {})
    throw new CannotUse(`${name} could not be written (${why(failure)}). Nothing was kept of it. Make room or name another place, then export again.`)
  }
}
