// Makes the simulation ready for Node: each module by itself, without its types, so that a planted fault changes one of them.
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { transformWithOxc } from 'vite'
import { home } from './prepare.mjs'

const ROOMS = ['src/core', 'src/knowledge', 'src/web/sync']
const isModule = (name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name)

/** Writes everything a life is made of into this folder. */
export async function make(folder) {
  for (const room of ROOMS) for (const name of readdirSync(path.join(home, room), { recursive: true, encoding: 'utf8' })) {
    const file = path.join(room, name)
    if (isModule(name)) await write(folder, file, readFileSync(path.join(home, file), 'utf8'))
    else if (name.endsWith('.json')) cpSync(path.join(home, file), path.join(folder, file), { recursive: true })
  }
}

/** The same with one fault in it, from what was made before. */
export async function plant(folder, made, { id, file, was, becomes }) {
  const text = readFileSync(path.join(home, file), 'utf8')
  if (text.split(was).length !== 2) throw new Error(`${id}: its place is not in ${file}, or more than once`)
  for (const name of readdirSync(made, { recursive: true, encoding: 'utf8' })) if (/\.\w+$/.test(name)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    linkSync(path.join(made, name), path.join(folder, name))
  }
  rmSync(path.join(folder, nameOf(file)))
  await write(folder, file, text.replace(was, () => becomes))
}

export const lifeIn = (folder) => path.join(folder, nameOf('src/web/sync/testing/life.ts'))

const nameOf = (file) => file.replace(/\.ts$/, '.mjs')
async function write(folder, file, text) {
  const to = path.join(folder, nameOf(file))
  mkdirSync(path.dirname(to), { recursive: true })
  const { code } = await transformWithOxc(text, path.join(home, file), { sourcemap: false, target: 'node20' })
  writeFileSync(to, code.replaceAll(/(from\s*|import\s*\(?\s*)(["'])(\.[^"']+)\.ts\2/g, '$1$2$3.mjs$2'))
}
