// npm start on data of its own, which are gone when it ends. For screenshots and for looking around.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

// The name lets the next test run clear away what a killed one left. Not below the repository: root's home is closed
// to the account that runs the database.
const folder = path.join(tmpdir(), `openkap-test-${process.pid}-server`)
const program = spawn(process.execPath, [path.join(import.meta.dirname, 'start.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit', env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', APP_DATABASE_URL: '' },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
program.once('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code ?? 1)
})
