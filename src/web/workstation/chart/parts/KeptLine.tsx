import { Button, Notice, StatusLine } from '../../../kit/index.ts'
import { useShutActs } from '../../../sync/index.ts'
import { ShutNotice } from '../../files/ShutNotice.tsx'
import { clockTime } from '../../times.ts'
import { kindNames } from '../ledger/kinds.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { plural } from '../words.ts'

/** How this chart is kept, in the three words of the product; what the server refused is shown with the way to go on. */
export function KeptLine() {
  const { chartId, used, zone, name, book } = useOpenChart()
  const shut = useShutActs(used.me.person, chartId)
  const { waiting, problems, connection, lastHeardAt, retry, withdraw } = used
  return (
    <div className="c-kept">
      <StatusLine waiting={waiting.length > 0 || connection === 'away'}>
        <span>{waiting.length > 0 ? `Saved here · ${plural(waiting.length, 'entry', 'entries')} on the way` : 'Saved'}</span>
        {connection === 'away' && <span>· no connection{lastHeardAt ? `, as of ${clockTime(lastHeardAt, zone)}` : ''}</span>}
      </StatusLine>
      <ShutNotice shut={shut} zone={zone} />
      {problems.map((act) => (
        <Notice key={act.id} level="caution" what={`Problem · ${act.problem?.say ?? 'The server did not take this.'}`} kept={act.entries.map((entry) => `${kindNames[entry.kind]}: ${sayEntry(entry, { zone, name, book })}`).join('; ')} next={act.problem?.list.map(({ says }) => says).join(' ')}>
          <Button onClick={() => void retry(act.id)} aria-label={`Try again: ${kindNames[act.entries[0]!.kind]}`}>Try again</Button>
          <Button kind="danger" onClick={() => void withdraw(act.id)} aria-label={`Take it off this device: ${kindNames[act.entries[0]!.kind]}`}>Take it off this device</Button>
        </Notice>
      ))}
    </div>
  )
}
