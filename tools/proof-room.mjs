// The long proof of the session room in a real browser. `npm run proof:room -- --kills 100 --seed 3` kills the browser a
// hundred times while somebody writes.
import path from 'node:path'
import { home, prepare, run } from './prepare.mjs'

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : Number(process.argv[at + 1])
}
const [kills, seed = 1] = ['kills', 'seed'].map(option)
if (!(kills > 0)) {
  process.stderr.write('Say how often: npm run proof:room -- --kills 100\n')
  process.exit(1)
}
await prepare()
await run(process.execPath, [path.join(home, 'node_modules/@playwright/test/cli.js'), 'test', 'e2e/killed-browser.test.ts'], { ...process.env, KILLS: String(kills), SEED: String(seed) })
