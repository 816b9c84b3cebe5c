import { GENESIS } from '../chart/digest.ts'
import { canonical } from '../shared/canonical.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import type { Line, LineDraft } from './line.ts'

/** The canonical text of a line in three parts: between them the database puts the digest before it and its number, under the lock on the head. */
export function lineParts(line: LineDraft, practice: string): readonly [string, string, string] {
  const { at, body, by, chart, container, entry, fits, id, kind, of, place, quantity, receivedAt, session } = line
  const before = canonical({ at, body, by, chart, container, entry, fits, id, kind, of, place, practice })
  return [`${before.slice(0, -1)},"previous":`, `${quantity === undefined ? '' : `,"quantity":${canonical(quantity)}`},"receivedAt":${canonical(receivedAt)},"seq":`, `${session === undefined ? '' : `,"session":${canonical(session)}`}}`]
}

export function sealOfLine(line: Line, practice: string, previous: string, sha256: (text: string) => string): string {
  const [first, second, third] = lineParts(line, practice)
  return sha256(`${first}${canonical(previous)}${second}${line.seq}${third}`)
}

/** Works every digest out again, and names the first line that is not what was sealed. `head` is the end as the database keeps it. */
export function verifyLedger(lines: readonly Line[], practice: string, sha256: (text: string) => string, head: { readonly seq: number; readonly digest: string }): Result<{ readonly lines: number }, { readonly seq: number; readonly says: string }> {
  let previous = GENESIS
  for (const [place, line] of lines.entries()) {
    if (line.seq !== place + 1) return refuse({ seq: place + 1, says: `Line ${place + 1} of the ledger is missing or out of place.` })
    if (sealOfLine(line, practice, previous, sha256) !== line.digest) return refuse({ seq: line.seq, says: `Line ${line.seq} of the ledger is not what was sealed.` })
    previous = line.digest
  }
  if (head.seq !== lines.length || head.digest !== previous) return refuse({ seq: lines.length + 1, says: `The ledger ends at line ${lines.length}, and its head says line ${head.seq}, or another digest there.` })
  return ok({ lines: lines.length })
}
