import { canonical } from '../shared/canonical.ts'

/** Everything a digest covers, except the number and the digest before, which the database knows last. */
export interface Sealed {
  readonly amends?: string | undefined
  readonly at: string
  readonly body: unknown
  readonly by: string
  readonly chart: string
  readonly device: string
  readonly id: string
  readonly kind: string
  readonly practice: string
  readonly receivedAt: string
  readonly session?: string | undefined
  readonly writtenAt: string
}

/** The digest before the first entry of a stream. */
export const GENESIS = '0'.repeat(64)

/**
 * The canonical text of an entry in three parts, with a place for `previous` after the first and for `seq`
 * after the second: keys stand in RFC 8785 order, and these two are known only under the lock on the head.
 * `digestText` joins them; its SHA-256 in hex is the entry's digest. `chart` is the id of the stream.
 */
export function digestParts(sealed: Sealed): readonly [string, string, string] {
  const { amends, at, body, by, chart, device, id, kind, practice, receivedAt, session, writtenAt } = sealed
  const before = { amends, at, body, by, chart, device, id, kind, practice }
  const inSession = session === undefined ? '' : `,"session":${canonical(session)}`
  return [
    `${canonical(before).slice(0, -1)},"previous":`,
    `,"receivedAt":${canonical(receivedAt)},"seq":`,
    `${inSession},"writtenAt":${canonical(writtenAt)}}`,
  ]
}

export function digestText(parts: readonly [string, string, string], previous: string, seq: number): string {
  return `${parts[0]}${canonical(previous)}${parts[1]}${seq}${parts[2]}`
}
