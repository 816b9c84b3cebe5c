// bench/start: how long a start takes, cold and warm, and what the server holds in memory at rest.
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { median, option, printMachine, rssMb, show } from './support/figures.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const ROUNDS = option('rounds', 3)

const cold = { empty: [], sample: [] }
const [warm, afterDatabase, memory] = [[], [], []]
let machine = false
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, args] of [['empty', ['--empty']], ['sample', []]]) {
    const server = await realServer({ args })
    cold[name].push(server.startedInMs)
    if (!machine) machine = await withAdmin(server, printMachine).then(() => true)
    if (name === 'sample') {
      await server.end('SIGTERM')
      await server.start()
      warm.push(server.startedInMs)
      await wait(8_000)
      memory.push(rssMb(server.pid))
      // Killed, it leaves its database running: the next start finds it up.
      await server.end('SIGKILL')
      await server.start()
      afterDatabase.push(server.startedInMs)
    }
    await server.close()
    rmSync(server.folder, { recursive: true, force: true })
  }
}
const seconds = (values) => `${show(median(values) / 1000, 2)} s`
console.log('measured     from the command to the first answer of /api/health, process start included; built beforehand\n')
console.log(`cold, a real practice     ${seconds(cold.empty)}   database made, migrated, empty`)
console.log(`cold, the sample practice ${seconds(cold.sample)}   and filled through the front door`)
console.log(`warm                      ${seconds(warm)}   database started as well`)
console.log(`warm, database up         ${seconds(afterDatabase)}`)
console.log(`memory at rest            ${show(median(memory), 0)} MB   resident, of the server process, after 8 s`)
