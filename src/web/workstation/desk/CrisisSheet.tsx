import { helpLines, untilHelpComes } from '../../../knowledge/pages.ts'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { Button, buttonClass, Sheet, Stack } from '../../kit/index.ts'
import { CrisisTold } from './CrisisTold.tsx'

/**
 * Who answers now, in front of the coordinator the moment a person says that it cannot wait. It rises from the
 * bottom and moves nothing, so that a hand on its way to a key does not land on another.
 */
export function CrisisSheet({ open, name, phone, crisis, zone, onClose, onCrisis, recorded }: { readonly open: boolean; readonly name: string; readonly phone: string | null; readonly crisis: InquiryRow['crisis']; readonly zone: string | undefined; readonly onClose: () => void; readonly onCrisis: () => void; readonly recorded: boolean }) {
  return (
    <Sheet open={open} title={`Help for ${name}, now`} onClose={onClose} reach="72dvh">
      <Stack>
        <p>Stay on the line. Ask where {name} is now, and whether somebody is there. The questions of this sheet can wait.{phone && <> Their number: <strong className="numbers">{phone}</strong></>}</p>
        <ul className="d-help">
          {helpLines.map((line) => (
            <li key={line.id}>
              <span><strong>{line.name}</strong><br /><span className="soft">{line.says}</span></span>
              <span className="k-buttons">{line.ways.map((way) => <a key={way.href} className={buttonClass(line.id === 'emergency' ? 'danger' : 'quiet')} href={way.href}>{way.label}</a>)}</span>
            </li>
          ))}
        </ul>
        <section aria-labelledby="until-help">
          <h3 id="until-help">You may say, until somebody is there</h3>
          <ul className="d-points">{untilHelpComes.map((line) => <li key={line}>{line}</li>)}</ul>
        </section>
        <CrisisTold crisis={crisis} zone={zone} />
        {recorded ? <p>This call is written down as a crisis. Speak with a clinician of the practice before you do anything else.</p> : <Button onClick={onCrisis}>Write this call down as a crisis</Button>}
      </Stack>
    </Sheet>
  )
}
