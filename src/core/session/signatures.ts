import type { EntryOf } from '../chart/entry.ts'
import type { Signature } from '../chart/kinds/kind.ts'
import { shortName } from '../shared/short-name.ts'

/** The signatures that count for going home: under this very assessment, each given by whoever wrote it down. */
export const standingSignatures = (assessed: EntryOf<'discharge-assessed.v1'> | undefined, signed: readonly EntryOf<'discharge-signed.v1'>[]): readonly EntryOf<'discharge-signed.v1'>[] =>
  signed.filter(({ by, body }) => body.assessed === assessed?.id && body.signature.person === by)

/** Where somebody signed on another person's device, whose it was; nothing where it was their own. */
export const onDeviceOf = (lent: Signature['lent']): string => (lent ? ` on ${shortName(lent.name)}’s device` : '')
