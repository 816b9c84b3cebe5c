import type { z } from 'zod'
import type { Operation } from '../access/policy.ts'

/** Anything with a schema; loosely held, because naming `z.ZodType` here makes type-checking three times as slow. */
// oxlint-disable-next-line typescript/no-explicit-any
type Schema = { readonly _zod: { input: any; output: any } }

/**
 * One route, said once: the server registers it, the browser calls it, the tests walk it.
 * `who`: nobody in particular, somebody half-way through signing in, anybody signed in, or whoever the policy
 * lets do `operation` (on the chart named in the path, where there is one).
 */
export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: `/api/${string}`
  readonly who: 'anyone' | 'half-signed-in' | 'signed-in' | Operation
  /** The audit line; null only where nothing about a person is read or written. */
  readonly audit: string | null
  /** A background call (polling, prefetch) never counts as an act of the person and never keeps a sign-in awake. */
  readonly background?: true
  readonly params?: Schema
  readonly query?: Schema
  readonly body?: Schema
  readonly response: Schema
}
export const route = <const R extends Route>(row: R): R => row

type In<R, Part extends string> = Part extends keyof R ? { readonly [P in Part]: R[P] extends Schema ? R[P]['_zod']['input'] : never } : unknown
type Out<R, Part extends string> = Part extends keyof R ? { readonly [P in Part]: R[P] extends Schema ? R[P]['_zod']['output'] : never } : unknown

export type RequestOf<R extends Route> = In<R, 'params'> & In<R, 'query'> & In<R, 'body'>
export type ParsedOf<R extends Route> = Out<R, 'params'> & Out<R, 'query'> & Out<R, 'body'>
export type ResponseOf<R extends Route> = R['response']['_zod']['output']
export type AnswerOf<R extends Route> = R['response']['_zod']['input']
export type Infer<S extends z.ZodType> = z.infer<S>
