// npm can leave a platform's optional package out of the lock without a word, and then `npm ci` fails elsewhere.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const { packages } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8'))
const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)).map((name) => `${from} wants ${name}`))
// The lock pins content, not a place: whoever installs uses the registry they trust.
const loose = Object.entries(packages).flatMap(([from, { resolved, integrity, link, inBundle }]) =>
  from === '' || (!resolved && (integrity || link || inBundle)) ? [] : [`${from} ${resolved ? 'names a registry' : 'has no checksum'}`])

if (Object.keys(packages).length < 2) fail('The lock names no package: nothing was checked.')
if (missing.length + loose.length > 0) fail([...missing, ...loose].join('\n'))
console.log(`${Object.keys(packages).length} packages, every optional one locked, every content pinned`)

/** Looks where Node would look: beside the package that wants it, then in every folder above. */
function isLocked(from, name) {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (!at) return false
  }
}

function fail(text) {
  console.error(text)
  process.exit(1)
}
