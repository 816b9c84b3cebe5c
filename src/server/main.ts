import { CannotStart } from './launch/cannot-start.ts'
import { startProgram } from './program.ts'
import { seedSample } from './sample/seed.ts'
import { readSettings, usage } from './settings.ts'

// The process around the program: what it is told, what it says, and how it ends.
process.setSourceMapsEnabled(true)
if (process.argv.includes('--help')) say(usage)
else await start().catch(giveUp)

async function start() {
  const settings = readSettings(process.argv.slice(2), process.env, process.cwd())
  const starting = startProgram(settings, { report: say, lost: (failure) => end(failure), seed: seedSample })
  let ending: Promise<never> | undefined
  function end(failure?: unknown) {
    if (failure) complain(failure)
    ending ??= starting
      .then((program) => withinSeconds(20, program.stop()), () => {})
      .then(() => process.exit(failure ? 1 : 0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end())
  process.on('uncaughtException', end)
  const { url } = await starting
  if (!ending) say(`OpenKAP is at ${url}`)
}

/** A door that will not close must not keep the database open: what was acknowledged is on the disk already. */
function withinSeconds(seconds: number, work: Promise<void>) {
  return Promise.race([work, new Promise<void>((resolve) => { setTimeout(resolve, seconds * 1000) })])
}

function giveUp(failure: unknown): never {
  complain(failure)
  process.exit(1)
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}

/** What stands outside the program gets one line. A bug shows where it is. */
function complain(failure: unknown) {
  const text = failure instanceof Error && !(failure instanceof CannotStart) ? failure.stack : undefined
  process.stderr.write(`${text ?? (failure as Error).message ?? String(failure)}\n`)
}
