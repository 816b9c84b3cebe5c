import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { BodyOf, EntryKind } from '../../core/chart/kinds.ts'
import type { Answer, Request, RouteName } from '../../core/contract/contract.ts'
import { contract } from '../../core/contract/contract.ts'
import { plusMinutes, type Instant } from '../../core/shared/time.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { Shell } from '../http/shell.ts'
import { keepCredential } from '../http/sign-in.ts'
import { newCodeSecret } from '../sign-in/one-time-code.ts'
import { seal } from '../sign-in/secrets.ts'
import { samplePractice, type SamplePerson } from './people.ts'
import { tokenFor } from './practice.ts'

/**
 * Tells a story through the product's own front door: each act is the request a browser would send, judged by
 * the same gates, at the moment it is said to have happened. What the product refuses cannot be told.
 */
export function telling(app: FastifyInstance, shell: Shell) {
  const tokens = new Map<string, Promise<string>>()
  let made = 0
  const at = (when: Instant) => shell.clock.set?.(when)

  async function ask<Name extends RouteName>(who: SamplePerson, name: Name, request: Request<Name>): Promise<Answer<Name>> {
    const token = tokens.get(who.id) ?? tokenFor(shell, who)
    tokens.set(who.id, token)
    const { method, path } = contract[name]
    const { params = {}, query, body } = request as { params?: Record<string, string>; query?: Record<string, string>; body?: object }
    const url = path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '')
    const answer = await app.inject({ method, url, ...(query ? { query } : {}), ...(method === 'POST' ? { payload: body ?? {} } : {}), cookies: { openkap: await token } })
    if (answer.statusCode >= 400) throw new Error(`The sample story was refused at ${shell.clock.now()}: ${who.givenName} ${name}: ${answer.body}`)
    return answer.json() as Answer<Name>
  }

  /** An id that is the same each time the story is told. */
  const id = () => uuidOf(`sample ${(made += 1)}`)
  const draft = <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, when: Instant, more: { session?: string; amends?: string; id?: string } = {}) =>
    ({ id: id(), kind: kind as string, at: when, writtenAt: when, device, body: body as Record<string, unknown>, ...more })
  const write = async (who: SamplePerson, chart: string, entries: ReturnType<typeof draft>[]) => ask(who, 'append', { params: { chart }, body: { entries } })
  /** A story of months is told in seconds, and a code works once in half a minute: each signature gets a fresh secret. */
  async function code(who: SamplePerson): Promise<string> {
    await keepCredential(shell, samplePractice.id, who.id, null, { totpSecret: seal(shell.secret, newCodeSecret()) })
    return (await ask(who, 'sampleCode', {} as never)).code
  }

  return { at, ask, id, draft, write, code, device }
}
export type Telling = ReturnType<typeof telling>

/** The one device on which everything in the sample was written. */
const device = '5a3e0000-0000-4000-8000-0000000009d1'

export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Answers to a questionnaire that add up to a total; the items named keep their given value. */
export function answersFor(instrument: string, total: number, given: Record<string, number | boolean> = {}): Record<string, number | boolean> {
  const row = Object.values(rulebook.instruments).find(({ id }) => id === instrument)!
  const summed = row.scoring.kind === 'sum' ? row.scoring.items : []
  const answers: Record<string, number | boolean> = {}
  let left = total - Object.values(given).reduce<number>((sum, value) => sum + Number(value), 0)
  for (const item of row.items as readonly { id: string; answer: { kind: string; options?: readonly { value: number }[] }; required: boolean }[]) {
    if (given[item.id] !== undefined) { answers[item.id] = given[item.id]!; continue }
    if (!summed.some((each) => each === item.id)) { if (item.required) answers[item.id] = item.answer.kind === 'yes-no' ? false : 0; continue }
    const most = Math.max(...(item.answer.options ?? [{ value: 3 }]).map(({ value }) => value))
    const value = Math.min(most, Math.max(0, left))
    answers[item.id] = value
    left -= value
  }
  return answers
}

export const version = (instrument: string) => Object.values(rulebook.instruments).find(({ id }) => id === instrument)!.version
export const noToAll = { q1: false, q2: false, q3: null, q4: null, q5: null, q6Lifetime: false, q6PastThreeMonths: false }
export const minutesAfter = (start: Instant) => (minutes: number) => plusMinutes(start, minutes)
