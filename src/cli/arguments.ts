import { parseArgs } from 'node:util'
import { WrongUse } from './command.ts'

interface Given { readonly values: Readonly<Record<string, string | boolean | undefined>>; readonly positionals: readonly string[] }

/** Reads options strictly: a misspelt one is refused, since guessing could do something else than was meant. */
export function given(args: readonly string[], options: Readonly<Record<string, 'text' | 'flag'>>): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: Object.fromEntries(Object.entries(options).map(([name, kind]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) }])),
    })
    return { values: values as Given['values'], positionals }
  } catch (failure) {
    throw new WrongUse(failure instanceof Error ? `${failure.message.split('.')[0] ?? ''}.` : 'The options could not be read.')
  }
}

export const textOf = ({ values }: Given, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
