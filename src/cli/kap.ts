import { commands } from './commands.ts'
import { digestOf, placeFile, placeFolder, practiceFolder, readLines, readText } from './files.ts'
import { openCharts } from './open-charts.ts'
import { run } from './run.ts'

// Whoever reads along may stop reading (`| head`); what was asked for is still done.
for (const stream of [process.stdout, process.stderr]) stream.on('error', (failure: { code?: string }) => { if (failure.code !== 'EPIPE') throw failure })

process.exitCode = await run(process.argv.slice(2), commands, {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  readText, readLines, digestOf, placeFile, placeFolder, practiceFolder, openCharts,
  now: () => new Date().toISOString(),
})
