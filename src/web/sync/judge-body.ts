import { kinds, type EntryKind } from '../../core/chart/kinds.ts'

/** Judges a body by the same table as the server, so that a slip is said at once and not after the next connection. */
export function judgeBody(kind: EntryKind, body: unknown): unknown {
  const read = kinds[kind].body.safeParse(body)
  if (!read.success) throw new TypeError(`${kind}: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`)
  return read.data
}
