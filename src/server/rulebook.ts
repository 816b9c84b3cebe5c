import { createHash } from 'node:crypto'
import { canonical } from '../core/shared/canonical.ts'
import { rulebook } from '../knowledge/rulebook.ts'

/** The rulebook as it ships, by its digest: a decision names the edition it was made under. */
export const sha256 = createHash('sha256').update(canonical(rulebook)).digest('hex')
export const edition = `${rulebook.published} · ${sha256.slice(0, 12)}`
