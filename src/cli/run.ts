import { CannotReach } from './chart-port.ts'
import { CannotUse, WrongUse, type Command, type ExitCode, type Surroundings } from './command.ts'

export type Commands = Readonly<Record<string, Command>>

/** Runs one command. What a person at the keyboard can do something about is said in a line; a bug shows its stack. */
export async function run(args: readonly string[], commands: Commands, surroundings: Surroundings): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(rest[0], commands, surroundings)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    surroundings.err(`kap does not know "${name}". Nothing was done. kap help lists what it knows.`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) return help(name, commands, surroundings)
  try {
    return await command.run(rest, surroundings)
  } catch (failure) {
    if (failure instanceof WrongUse) {
      surroundings.err(`${failure.message} Nothing was done. Usage: ${command.usage}`)
      return 2
    }
    if (failure instanceof CannotUse || failure instanceof CannotReach) {
      surroundings.err(failure.message)
      return 3
    }
    throw failure
  }
}

function help(name: string | undefined, commands: Commands, { out, err }: Surroundings): ExitCode {
  if (name === undefined) {
    out('kap: the practice’s records, and the rules they are read by, at the command line\n')
    for (const command of Object.values(commands)) out(`  ${command.usage}\n      ${command.says}\n`)
    out('Exit codes: 0 done · 1 something was refused or does not fit · 2 not asked rightly · 3 a file or the charts could not be reached')
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    err(`kap does not know "${name}". kap help lists what it knows.`)
    return 2
  }
  out(`${command.usage}\n\n${command.says}`)
  return 0
}
