import { existsSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** What browsers load: one page a surface; the stylesheet of the public site, which needs no script; and what makes a questionnaire behind a link easier than plain HTML. */
const web = path.join(import.meta.dirname, 'src/web')
const entries = { portal: 'portal/index.html', workstation: 'workstation/index.html', site: 'site/site.css', answering: 'site/questions/answering.ts' }

export default defineConfig({
  root: web,
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    sourcemap: true,
    assetsInlineLimit: 0, // The content policy allows no data: addresses.
    rollupOptions: {
      input: Object.fromEntries(
        Object.entries(entries).map(([name, file]) => [name, path.join(web, file)]).filter(([, file]) => existsSync(file!)),
      ),
    },
  },
})
