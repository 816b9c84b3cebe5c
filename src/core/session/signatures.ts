import type { EntryOf } from '../chart/entry.ts'

/** The signatures that count for going home: under this very assessment, each given by whoever wrote it down. */
export const standingSignatures = (assessed: EntryOf<'discharge-assessed.v1'> | undefined, signed: readonly EntryOf<'discharge-signed.v1'>[]): readonly EntryOf<'discharge-signed.v1'>[] =>
  signed.filter(({ by, body }) => body.assessed === assessed?.id && body.signature.person === by)
