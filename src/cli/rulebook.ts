import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { rulebookPage } from './rulebook-page.ts'

export const rulebookCommand: Command = {
  usage: 'kap rulebook > rulebook.html',
  says: 'Writes the whole rulebook as one page that needs nothing else: every row, its sources, its tag, and whether anybody has compared it with them.',
  run(args, { out }) {
    if (given(args, {}).positionals.length > 0) throw new WrongUse('It takes no file; send its output into one.')
    out(rulebookPage())
    return Promise.resolve(0)
  },
}
