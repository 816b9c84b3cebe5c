import type { StoredEntry } from '../core/chart/entry.ts'
import { exportBundle } from '../core/fhir/export/bundle.ts'
import { entryLines } from '../core/fhir/export/lines.ts'
import { endings } from '../core/files/file-named.ts'
import { asBase64 } from '../server/files-of-chart.ts'
import { chartHtml } from '../server/outside/chart-html.ts'
import { given, textOf } from './arguments.ts'
import type { ChartPort } from './chart-port.ts'
import { CannotUse, WrongUse, withCharts, type Command, type ExitCode } from './command.ts'
import { codes, totalOf } from './library.ts'

export const exportCommand: Command = {
  usage: 'kap export CHART --to FOLDER   |   kap export --all --to FOLDER',
  says: 'Writes a chart, or every chart, into a new folder in three forms: chart.html to read and print, fhir.json for other systems (FHIR R4), entries.ndjson with every entry and its seal; beside them a folder, files, with the pictures and the sound that entries name, each under its digest.\n      Psychotherapy notes and private journals are kept apart and never leave this way.',
  async run(args, surroundings) {
    const options = given(args, { to: 'text', all: 'flag' })
    const folder = textOf(options, 'to')
    const all = options.values['all'] === true
    if (!folder) throw new WrongUse('Name the folder with --to.')
    if (all === (options.positionals.length > 0) || options.positionals.length > 1) throw new WrongUse('Name one chart, or --all.')
    return withCharts(surroundings, async (charts): Promise<ExitCode> => {
      const chosen = all ? await charts.charts() : options.positionals
      const files: Record<string, string | Uint8Array> = {}
      let entries = 0
      for (const chart of chosen) {
        const stream = await charts.readStream(chart)
        if (!stream) throw new CannotUse(`There is no chart ${chart}. Nothing was written.`)
        entries += stream.length
        const place = all ? `${chart}/` : ''
        for (const [name, content] of Object.entries(await formsOf(chart, stream, charts, surroundings.now()))) files[`${place}${name}`] = content
      }
      await surroundings.placeFolder(folder, files)
      surroundings.out(`${chosen.length} ${chosen.length === 1 ? 'chart' : 'charts'} with ${entries} entries written to ${folder}. kap verify ${folder}/${all ? 'CHART/' : ''}entries.ndjson works the seals out again. The folder holds health records: keep it as you keep the charts.`)
      return 0
    })
  },
}

async function formsOf(chart: string, stream: readonly StoredEntry[], charts: ChartPort, now: string): Promise<Record<string, string | Uint8Array>> {
  const { zone, ...about } = await charts.about(chart)
  const files = await charts.readFiles(chart, stream)
  const setting = { ...about, chart, now, instruments: codes, totalOf, files: asBase64(files) }
  return {
    'chart.html': chartHtml(stream, { ...setting, zone }),
    'fhir.json': `${JSON.stringify(exportBundle(stream, setting), undefined, 1)}\n`,
    'entries.ndjson': entryLines(stream, { practice: charts.practice, chart }),
    ...Object.fromEntries([...files.values()].map(({ sha256, type, bytes }) => [`files/${sha256}.${endings[type]}`, bytes])),
  }
}
