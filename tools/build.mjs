// Everything that is built: pages for browsers, their service worker, the server, the public site, the command line.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import react from '@vitejs/plugin-react'
import { build, runnerImport } from 'vite'
import { fingerprint, home } from './prepare.mjs'

const started = performance.now()
const stamp = fingerprint() // Taken first: a source saved meanwhile is built the next time.
const made = path.join(home, `node_modules/.openkap-build-${process.pid}`)
const source = (name) => path.join(home, 'src', name)
const present = (entries) => Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, source(file)]).filter(([, file]) => existsSync(file)))

sweep()
try {
  await pages()
  await serviceWorker()
  compressed()
  const rules = await shippedRules()
  await forNode('server', present({ main: 'server/main.ts', 'joint-worker': 'server/planning/joint-worker.ts', kap: 'cli/kap.ts' }), { __RULES_SHA256__: JSON.stringify(rules.sha256) })
  besideServer(rules)
  await forNode('site', present({ render: 'web/site/render.tsx' }))
  if (existsSync(source('server/store/migrations'))) cpSync(source('server/store/migrations'), path.join(made, 'server/migrations'), { recursive: true })
  writeFileSync(path.join(made, '.stamp'), stamp)
  putInPlace()
  process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`)
} catch (failure) {
  process.stderr.write(`${failure.message}\nThe build did not work; the one before it, if any, is kept.\n`)
  process.exitCode = 1
} finally {
  rmSync(made, { recursive: true, force: true })
}

async function pages() {
  mkdirSync(path.join(made, 'web'), { recursive: true })
  if (Object.keys(present({ portal: 'web/portal/index.html', workstation: 'web/workstation/index.html', site: 'web/site/site.css' })).length === 0) return
  await build({ root: source('web'), configFile: path.join(home, 'vite.config.ts'), logLevel: 'warn', build: { outDir: path.join(made, 'web') } })
  // What a telephone asks for by a name that stays.
  cpSync(source('web/portal/app'), path.join(made, 'web/portal/app'), { recursive: true })
}

/** Built last of the web, because it is told which files to keep for a day without network. Its name never changes. */
async function serviceWorker() {
  const input = source('web/sync/service-worker.ts')
  if (!existsSync(input)) return
  const kept = { portal: filesOf('portal/index.html'), workstation: filesOf('workstation/index.html') }
  const edition = createHash('sha256').update(JSON.stringify(kept)).update(stamp).digest('hex').slice(0, 16)
  await build({
    configFile: false, root: source('web'), logLevel: 'warn', publicDir: false,
    define: { __PRECACHE__: JSON.stringify({ edition, ...kept }) },
    build: {
      outDir: path.join(made, 'web'), emptyOutDir: false, target: 'es2023', sourcemap: true, copyPublicDir: false,
      rollupOptions: { input, output: { format: 'iife', entryFileNames: 'sw.js', codeSplitting: false } },
    },
  })
}

/** The addresses of everything a page can come to need, by the manifest: scripts, later chunks, styles, fonts. */
function filesOf(page) {
  const file = path.join(made, 'web/.vite/manifest.json')
  const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const seen = new Set()
  const addresses = /** @type {Set<string>} */ (new Set())
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const name of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) if (!name.endsWith('.html')) addresses.add(`/${name}`)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next)
  }
  visit(page)
  return [...addresses].toSorted()
}

/** What shrinks also lies there small, so that a phone on a slow line waits a third of the time and no answer costs the server anything. */
function compressed() {
  const web = path.join(made, 'web')
  if (!existsSync(web)) return
  for (const name of readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((each) => /\.(js|css|html|svg|json)$/.test(each))) {
    const text = readFileSync(path.join(web, name))
    if (text.length < 1_000) continue
    // The smallest takes ten times as long: only for what every patient's first screen waits for.
    const quality = /^assets\/(first|portal|site)/.test(name.replaceAll('\\', '/')) ? 11 : 9
    writeFileSync(path.join(web, `${name}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }))
    writeFileSync(path.join(web, `${name}.gz`), gzipSync(text))
  }
}

/** The rows as canonical JSON and their digest, by the functions that the server itself digests them with. */
async function shippedRules() {
  return (await runnerImport(source('server/rulebook.ts'), { configFile: false, logLevel: 'warn' })).module
}

/**
 * The rulebook that ships, as a file that can be looked at, compared (`sha256sum --check rulebook.sha256`) and missed:
 * the server digests it again before anything binding and compares it with the digest that is written into the program.
 */
function besideServer({ shippedText, sha256 }) {
  writeFileSync(path.join(made, 'server/rulebook.json'), shippedText)
  writeFileSync(path.join(made, 'server/rulebook.sha256'), `${sha256}  rulebook.json\n`)
}

/** Bundles of our own sources; packages stay where npm put them. */
async function forNode(folder, input, define = {}) {
  if (Object.keys(input).length === 0) return
  await build({
    configFile: false, root: home, logLevel: 'warn', publicDir: false, plugins: [react()], define,
    build: {
      ssr: true, outDir: path.join(made, folder), target: 'node20', sourcemap: true, minify: false, copyPublicDir: false,
      rollupOptions: { input, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
}

/** What a build that was cut off left behind. */
function sweep() {
  const old = Date.now() - 600_000
  for (const name of readdirSync(path.dirname(made)).filter((entry) => entry.startsWith('.openkap-build-'))) {
    const folder = path.join(path.dirname(made), name)
    if (statSync(folder).mtimeMs < old) rmSync(folder, { recursive: true, force: true })
  }
}

/** The old build stays whole until the new one is. */
function putInPlace() {
  const dist = path.join(home, 'dist')
  const old = `${made}.old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(made, dist)
  rmSync(old, { recursive: true, force: true })
}
