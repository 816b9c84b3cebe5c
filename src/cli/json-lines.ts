import type { AskedRefusal } from '../core/shared/asked.ts'
import type { Result } from '../core/shared/result.ts'
import type { ExitCode, Surroundings } from './command.ts'

/** One question a line: what its line may hold, which key holds what is asked, and how it is answered. */
export interface LineQuestion {
  readonly asks: string
  readonly mayHold: readonly string[]
  readonly answer: (asked: unknown) => Result<unknown, AskedRefusal> | Promise<Result<unknown, AskedRefusal>>
}

/**
 * Answers JSON lines one by one, in their order, as they arrive. A line that cannot be answered gets its own line
 * with its number and, where one is to blame, the key; the others are answered all the same, and the end is 1.
 */
export async function answerLines(file: string, question: LineQuestion, { readLines, out, err }: Surroundings): Promise<ExitCode> {
  let line = 0
  let answered = 0
  let refused = 0
  for await (const batch of readLines(file)) {
    const answers: string[] = []
    for (const text of batch) {
      line += 1
      if (text.trim() === '') continue
      const answer = await answerLine(line === 1 ? withoutMark(text) : text, question)
      if (answer.ok) answered += 1
      else refused += 1
      answers.push(answer.ok ? answer.value : refusalLine(line, answer.refusal))
    }
    if (answers.length > 0) out(answers.join('\n'))
  }
  if (answered + refused === 0) err('There was no line to answer.')
  if (refused > 0) err(`${refused} of ${answered + refused} lines were not answered; each says why in its place. Put them right and ask those again.`)
  return refused > 0 ? 1 : 0
}

/** Some editors put a mark at the start of a file. */
const withoutMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)

interface Refused extends AskedRefusal { readonly id?: unknown }

const refusalLine = (line: number, { id, key, message }: Refused) => JSON.stringify({ ...(id !== undefined && { id }), error: { line, ...(key !== undefined && { key }), message } })

async function answerLine(text: string, { asks, mayHold, answer }: LineQuestion): Promise<Result<string, Refused>> {
  const parsed = parse(text)
  if (!parsed) return { ok: false, refusal: { message: 'this is not a JSON object on one line' } }
  const { id } = parsed
  const refusal = (told: AskedRefusal) => ({ ok: false, refusal: { ...(isId(id) && { id }), ...told } }) as const
  if (id !== undefined && !isId(id)) return refusal({ key: 'id', message: 'an id is a text or a number' })
  for (const key of Object.keys(parsed)) if (key !== 'id' && key !== asks && !mayHold.includes(key)) return refusal({ key, message: `"${key}" is not in the vocabulary` })
  if (!Object.hasOwn(parsed, asks)) return refusal({ key: asks, message: `"${asks}" is not there` })
  const answered = await answer(parsed[asks])
  return answered.ok ? { ok: true, value: JSON.stringify({ ...(id !== undefined && { id }), output: answered.value }) } : refusal(answered.refusal)
}

const isId = (id: unknown): id is string | number => typeof id === 'string' || typeof id === 'number'

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
