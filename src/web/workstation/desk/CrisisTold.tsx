import type { InquiryRow } from '../../../core/contract/running.ts'
import { Notice } from '../../kit/index.ts'
import { clockTime } from '../times.ts'

/** Whom a danger heard on the call was told to by the program, and whether anybody has taken it over. Being told is not the same as having acknowledged. */
export function CrisisTold({ crisis, zone }: { readonly crisis: InquiryRow['crisis']; readonly zone: string | undefined }) {
  if (!crisis || crisis.length === 0) return null
  const acknowledged = crisis.filter(({ acknowledgedAt }) => acknowledgedAt !== null)
  const waiting = crisis.filter(({ acknowledgedAt }) => acknowledgedAt === null)
  const said = acknowledged.map(({ name, acknowledgedAt }) => `${name} acknowledged it at ${clockTime(acknowledgedAt!, zone)}`).join('; ')
  return (
    <div role="status">
      <Notice
        level={acknowledged.length > 0 ? 'call' : 'emergency'}
        what={acknowledged.length > 0 ? `${said}.` : 'No clinician has acknowledged this yet.'}
        kept={waiting.length > 0 ? `Told at ${clockTime(waiting[0]!.toldAt, zone)} and not acknowledged: ${[...new Set(waiting.map(({ name }) => name))].join(', ')}.` : undefined}
        next={acknowledged.length > 0 ? undefined : 'Go to one of them, or ring them. Do not wait for this page.'}
      />
    </div>
  )
}
