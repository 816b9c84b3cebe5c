import { existsSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** What browsers load: one page a surface; the stylesheet of the public site, which needs no script; and what makes a questionnaire behind a link easier than plain HTML. */
const web = path.join(import.meta.dirname, 'src/web')
const entries = { portal: 'portal/index.html', workstation: 'workstation/index.html', site: 'site/site.css', answering: 'site/questions/answering.ts' }

type Graph = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }
let waitedFor: ReadonlySet<string> | undefined

/** What a patient's phone waits for comes in three files and not in twenty: each answer brings three quarters of a kilobyte of headers, and small files compress badly. */
function waitedForTogether(id: string, graph: Graph): string | null {
  waitedFor ??= reachedFrom(path.join(web, 'portal/main.tsx'), graph)
  if (id.includes('rolldown/runtime')) return 'first'
  if (!waitedFor.has(id) || id.endsWith('portal/main.tsx') || id.endsWith('.css')) return null
  return id.startsWith(path.join(web, 'portal/')) ? 'portal-first' : 'first'
}

/** A module and all that it imports without waiting for a later moment. */
function reachedFrom(id: string, graph: Graph, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(id)) return seen
  seen.add(id)
  for (const next of graph.getModuleInfo(id)?.importedIds ?? []) reachedFrom(next, graph, seen)
  return seen
}

export default defineConfig({
  root: web,
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    sourcemap: true,
    modulePreload: { polyfill: false }, // Browsers of that target know it.
    assetsInlineLimit: 0, // The content policy allows no data: addresses.
    rollupOptions: {
      checks: { ineffectiveDynamicImport: false },
      output: { codeSplitting: { groups: [{ debugName: 'waited for together', name: waitedForTogether }] } },
      input: Object.fromEntries(
        Object.entries(entries).map(([name, file]) => [name, path.join(web, file)]).filter(([, file]) => existsSync(file!)),
      ),
    },
  },
})
