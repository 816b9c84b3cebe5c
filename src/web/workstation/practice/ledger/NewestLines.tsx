import type { LedgerLogLine } from '../../../../core/contract/ledger.ts'
import { showQuantity } from '../../../../core/ledger/container.ts'
import { Tag } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { saysContainer } from './words.ts'

/** Lines of the ledger as sentences, the newest first. */
export function NewestLines({ lines, zone }: { readonly lines: readonly LedgerLogLine[]; readonly zone: string }) {
  if (lines.length === 0) return <p className="soft">Nothing has been written yet.</p>
  return (
    <ol className="p-lines" aria-label="Lines of the ledger, newest first">
      {lines.map((line) => (
        <li key={line.id}>
          <time className="soft small" dateTime={line.at}>{dayAndTime(line.at, zone)}</time>
          <p>
            {line.what}{line.label && line.quantity !== null && line.fits && <>: <strong>{showQuantity(line.quantity, line.label.form)}</strong></>}
            {line.label && <span className="soft"> · {saysContainer({ label: line.label })}</span>}{line.person && <span className="soft"> · {line.person.label}</span>}
            {!line.fits && <> <Tag>does not fit</Tag></>}
          </p>
          <p className="soft small">{line.by}{line.witnesses.length > 0 && `, witnessed by ${line.witnesses.join(' and ')}`}</p>
        </li>
      ))}
    </ol>
  )
}
