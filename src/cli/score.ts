import { instrumentOf } from '../core/measures/instrument.ts'
import { answerScore } from '../core/measures/questions.ts'
import { riskPaths, riskTold } from '../knowledge/instruments.ts'
import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { answerLines } from './json-lines.ts'
import { library } from './library.ts'

export const scoreCommand: Command = {
  usage: `kap score ${Object.keys(library).join('|')} [LINES.jsonl]`,
  says: 'Counts answers to one questionnaire, one set a line: {"id","answers":{"item":value}} in, {"id","output"} out.\n      No total and no band while an item is missing; an answer that the item does not have is unusable and counts as missing.',
  async run(args, surroundings) {
    const [name = '', file = '-', ...more] = given(args, {}).positionals
    const instrument = instrumentOf(library, name)
    if (!instrument || more.length > 0) throw new WrongUse(`Name one questionnaire: ${Object.keys(library).join(', ')}.`)
    return answerLines(file, { asks: 'answers', mayHold: ['why', 'expect'], answer: (answers) => answerScore(answers, instrument, riskPaths, riskTold) }, surroundings)
  },
}
