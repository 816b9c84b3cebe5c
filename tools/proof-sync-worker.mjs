// One process of npm run proof:sync: lives the seeds it is sent, one after the other, and tells what came of each.
const [, , bundle] = process.argv
const { live } = await import(bundle)
// What nobody waits for in a life must not end the process; a life that it hurt fails by itself.
process.on('unhandledRejection', (failure) => process.send({ loose: String(failure) }))
process.on('message', (/** @type {number} */ seed) => void live(seed)
  .then((figures) => ({ seed, figures }), (failure) => ({ seed, failure: String(failure?.message ?? failure) }))
  .then((answer) => process.send(answer)))
process.send({ ready: true })
