import { readQuestionnaires } from '../core/fhir/questionnaire/read.ts'
import { writeQuestionnaire } from '../core/fhir/questionnaire/write.ts'
import { instrumentOf, type Instrument } from '../core/measures/instrument.ts'
import { canonical } from '../core/shared/canonical.ts'
import { given, textOf } from './arguments.ts'
import { WrongUse, type Command, type ExitCode, type Surroundings } from './command.ts'
import { library } from './library.ts'

export const questionnairesCommand: Command = {
  usage: 'kap questionnaires [NAME ...] --to FOLDER   |   kap questionnaires --read FILE.json',
  says: 'Writes questionnaires of the library, or all of them, into a new folder as FHIR R4 SDC Questionnaires, each with its licence; where the words belong to somebody else, our own labels stand in their place.\n      --read  reads such a file back, all of it or nothing, and says of each form whether it is the one in this library; a file that does not fit is refused by its place',
  async run(args, surroundings) {
    const options = given(args, { to: 'text', read: 'text' })
    const [folder, file] = [textOf(options, 'to'), textOf(options, 'read')]
    if ((folder === undefined) === (file === undefined)) throw new WrongUse('Name a folder with --to, or a file with --read.')
    if (file !== undefined && options.positionals.length > 0) throw new WrongUse('A file is read as it is: name no questionnaire beside it.')
    return file === undefined ? write(options.positionals, folder ?? '', surroundings) : read(file, surroundings)
  },
}

async function write(names: readonly string[], folder: string, { placeFolder, out }: Surroundings): Promise<ExitCode> {
  const unknown = names.find((name) => !instrumentOf(library, name))
  if (unknown !== undefined) throw new WrongUse(`There is no questionnaire ${unknown}. There are ${Object.keys(library).join(', ')}.`)
  const chosen = names.length === 0 ? Object.values(library) : names.flatMap((name) => instrumentOf(library, name) ?? [])
  await placeFolder(folder, Object.fromEntries(chosen.map((row) => [`${row.id}.json`, `${JSON.stringify(writeQuestionnaire(row), undefined, 1)}\n`])))
  const without = chosen.filter(({ licence }) => licence.text === 'from-practice').length
  out(`${chosen.length} ${chosen.length === 1 ? 'questionnaire' : 'questionnaires'} written to ${folder}. ${without === 0 ? 'All with their words.' : `${without} without words: those are not ours to give on.`}`)
  return 0
}

async function read(file: string, { readText, out, err }: Surroundings): Promise<ExitCode> {
  const answer = readQuestionnaires(parsed(await readText(file)))
  if (!answer.ok) {
    err(`${answer.refusal.path}: ${answer.refusal.reason}. Nothing of the file was taken: put it right and read it again.`)
    return 1
  }
  for (const row of answer.value) out(JSON.stringify({ id: row.id, version: row.version, title: row.title, questions: row.items.length, here: sameness(row) }))
  return 0
}

/** Whether this library has the form, and whether it is the same in everything. */
function sameness(row: Instrument): 'the same' | 'differs' | 'not here' {
  const held = instrumentOf(library, row.id)
  return held === undefined ? 'not here' : canonical(held) === canonical(row) ? 'the same' : 'differs'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
