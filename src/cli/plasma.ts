import { answerPlasma } from '../core/plasma/questions.ts'
import { plasma } from '../knowledge/plasma.ts'
import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { answerLines } from './json-lines.ts'

export const plasmaCommand: Command = {
  usage: 'kap plasma [LINES.jsonl]',
  says: `Estimates ketamine in plasma, one person a line: {"id","input":{"model","weightKg","doses":[{"mg","route","atMinutes","durationMinutes"}],"times"}} in, {"id","output":{"concentrations"}} in ng/mL out.\n      Models: ${plasma.models.map(({ id }) => id.slice('plasma.'.length)).join(', ')}. Routes: IV, IM, SL, PO. ${plasma.caveat.says}`,
  async run(args, surroundings) {
    const [file = '-', ...more] = given(args, {}).positionals
    if (more.length > 0) throw new WrongUse('Name one file, or none for standard input.')
    return answerLines(file, { asks: 'input', mayHold: ['why', 'expect'], answer: (input) => answerPlasma(input, plasma) }, surroundings)
  },
}
