import { canonical } from '../../shared/canonical.ts'
import type { Sha256 } from '../sha256.ts'

/**
 * An id that the same words always give: a UUID of version 8 (RFC 9562) cut from a SHA-256. Importing the
 * same resource twice asks for the same id, so it is stored once.
 */
export function namedId(sha256: Sha256, ...words: readonly string[]): string {
  const hex = sha256(canonical(['openkap import', ...words]))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The digest of what a resource says, with what it refers to for its meaning. When a server last touched it
 * (`meta.lastUpdated`, `meta.versionId`) is not part of it: fetching again is not a change.
 */
export function contentSha256(sha256: Sha256, resource: Readonly<Record<string, unknown>>, alongside: readonly unknown[]): string {
  return sha256(canonical([unstamped(resource), ...alongside]))
}

function unstamped(resource: Readonly<Record<string, unknown>>): unknown {
  const { meta, ...rest } = resource
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return resource
  const { lastUpdated: _lastUpdated, versionId: _versionId, ...lasting } = meta as Record<string, unknown>
  return Object.keys(lasting).length > 0 ? { ...rest, meta: lasting } : rest
}
