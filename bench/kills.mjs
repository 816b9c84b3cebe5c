// bench/kills: the server killed again and again under load. `node bench/kills.mjs --kills 200 --seed 1`
import { option } from './support/figures.mjs'
import { killing } from './support/killing.mjs'

const [kills, seed] = [option('kills', 200), option('seed', 1)]
const began = performance.now()
const { kills: counts, acknowledged, batches, retried, faults } = await killing({ kills, seed, report: (text) => process.stderr.write(`${text}\n`) })
console.log(`seed ${seed}: ${counts.node} times the program, ${counts.both} times it and the database, ${counts.database} times the database alone, in ${Math.round((performance.now() - began) / 1000)} s`)
console.log(`${acknowledged} entries acknowledged in ${batches} batches sent, ${retried} answers lost: ${faults.length} faults`)
for (const fault of faults.slice(0, 20)) console.log(fault)
process.exit(faults.length > 0 ? 1 : 0)
