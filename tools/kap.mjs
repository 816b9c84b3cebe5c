// kap: the core at the command line. Everything it prints itself goes to standard error.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { home, prepare } from './prepare.mjs'

await prepare()
const program = path.join(home, 'dist/server/kap.mjs')
if (!existsSync(program)) {
  process.stderr.write('kap was not built: src/cli/kap.ts is missing.\n')
  process.exit(1)
}
await import(pathToFileURL(program).href)
