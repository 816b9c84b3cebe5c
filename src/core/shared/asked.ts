import { z } from 'zod'
import { ok, refuse, type Result } from './result.ts'

/** Why something asked from outside was not answered: the key to put right, where one is to blame. */
export interface AskedRefusal {
  readonly key?: string
  readonly message: string
}

/** Reads a question from outside by its vocabulary. Schemas are strict: a slip of the pen must not read as silence. */
export function readAsked<Asked>(schema: z.ZodType<Asked>, input: unknown): Result<Asked, AskedRefusal> {
  const parsed = schema.safeParse(input)
  return parsed.success ? ok(parsed.data) : refuse(refusalOf(parsed.error.issues))
}

type Issue = Pick<z.core.$ZodIssue, 'code' | 'path' | 'message'> & { readonly keys?: readonly string[] }

/** The first thing that is wrong. */
export function refusalOf([issue]: readonly Issue[]): AskedRefusal {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys?.[0] : undefined
  const key = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.')
  const message = unknown === undefined ? (issue?.message ?? 'the input cannot be read') : `"${unknown}" is not in the vocabulary`
  return key === '' ? { message } : { key, message }
}
