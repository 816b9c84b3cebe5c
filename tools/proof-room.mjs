// The long proofs of the session room in a real browser. `npm run proof:room -- --kills 100 --seed 3` kills the browser a
// hundred times while somebody writes; `npm run proof:room -- --minutes 7` puts a window away for so long in a session on a
// bad network, which is when a browser slows a page down most.
import path from 'node:path'
import { home, prepare, run } from './prepare.mjs'

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : Number(process.argv[at + 1])
}
const [kills, seed = 1, minutes] = ['kills', 'seed', 'minutes'].map(option)
if (!(kills > 0) && !(minutes > 0)) {
  process.stderr.write('Say how often, or how long: npm run proof:room -- --kills 100, npm run proof:room -- --minutes 7\n')
  process.exit(1)
}
const playwright = (file, env) => run(process.execPath, [path.join(home, 'node_modules/@playwright/test/cli.js'), 'test', file], { ...process.env, ...env })
await prepare()
if (kills > 0) await playwright('e2e/killed-browser.test.ts', { KILLS: String(kills), SEED: String(seed) })
if (minutes > 0) await playwright('e2e/bad-network.test.ts', { HIDDEN_MINUTES: String(minutes) })
