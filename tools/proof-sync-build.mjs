// Bundles the simulation for Node, with one fault planted or none: the text of a module is changed on its way in.
import path from 'node:path'
import { build } from 'vite'
import { home } from './prepare.mjs'

/** Writes `life.js` into this folder. */
export async function bundle(folder, fault) {
  let planted = 0
  const plant = {
    name: 'plant',
    enforce: /** @type {const} */ ('pre'),
    transform(text, id) {
      if (!fault || path.relative(home, id.split('?')[0]).replaceAll('\\', '/') !== fault.file) return undefined
      if (text.split(fault.was).length !== 2) throw new Error(`${fault.id}: its place is not in ${fault.file}, or more than once`)
      planted += 1
      return text.replace(fault.was, () => fault.becomes)
    },
  }
  await build({
    root: home, configFile: false, logLevel: 'error', plugins: [plant],
    build: { ssr: path.join(home, 'src/web/sync/testing/life.ts'), outDir: folder, target: 'node20', minify: false, copyPublicDir: false, emptyOutDir: true },
  })
  if (fault && planted !== 1) throw new Error(`${fault.id}: ${fault.file} is no part of the simulation`)
}
