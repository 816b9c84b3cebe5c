import { useEffect, useState } from 'react'
import { Button, EmptyState, Select } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { Room } from '../parts/Room.tsx'
import { plural } from '../words.ts'
import { kindNames } from './kinds.ts'
import { LedgerLine } from './LedgerLine.tsx'
import { recordOf } from './record.ts'

const PAGE = 60

/** Everything written into this chart that this person may read, newest first. Nothing is ever changed in place. */
export function Ledger() {
  const { chart, place, used } = useOpenChart()
  const [kind, setKind] = useState<string | null>(null)
  const [shown, setShown] = useState(PAGE)
  const all = recordOf(chart).toReversed()
  const kinds = [...new Set(all.map(({ entry }) => entry.kind))].toSorted((a, b) => kindNames[a].localeCompare(kindNames[b]))
  const fitting = all.filter(({ entry }) => kind === null || entry.kind === kind)
  const sought = place.entry === undefined ? -1 : fitting.findIndex(({ entry }) => entry.id === place.entry)
  const many = Math.max(shown, sought + 1)
  useEffect(() => {
    if (sought >= 0) document.getElementById(`entry-${place.entry}`)?.scrollIntoView({ block: 'center' })
  }, [sought, place.entry])

  return (
    <Room title="Everything written" says="In the order in which things happened, newest first. A correction stands beside what it corrects; nothing is deleted.">
      <div className="c-toolbar">
        <Select label="Show" empty={`All kinds (${all.length})`} optional choices={kinds.map((each) => ({ value: each as string, label: `${kindNames[each]} (${all.filter(({ entry }) => entry.kind === each).length})` }))} value={kind} onChange={setKind} />
      </div>
      {used.connection === 'away' && <p className="soft">This is what this device has heard so far.</p>}
      {all.length === 0 && <EmptyState what="Nothing is written yet." begin="The first entry appears here the moment somebody writes it." />}
      {place.entry !== undefined && sought < 0 && <p className="soft">The entry you followed is not among what you may read here.</p>}
      <ul className="c-ledger">{fitting.slice(0, many).map(({ entry, correctedBy }) => <LedgerLine key={entry.id} entry={entry} correctedBy={correctedBy} open={entry.id === place.entry} />)}</ul>
      {fitting.length > many && <Button onClick={() => setShown(many + PAGE)}>{`Show ${plural(Math.min(PAGE, fitting.length - many), 'more', 'more')} of ${fitting.length - many}`}</Button>}
    </Room>
  )
}
