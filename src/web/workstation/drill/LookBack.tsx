import { debriefOf, type Debrief, type DebriefStep } from '../../../core/drill/debrief.ts'
import { emergencyCards } from '../../../knowledge/emergency.ts'
import { readSession } from '../../../core/session/session.ts'
import { sessionRowsOf, type Rulebook } from '../../../core/rulebook/book.ts'
import { Button, Heading, Notice, Stack, Table } from '../../kit/index.ts'
import { useChart } from '../../sync/index.ts'
import { wallTime } from '../session/room.ts'
import type { Drill } from './drill.ts'

const WHAT: Record<DebriefStep['what'], string> = {
  noticed: 'Written down for the first time, and the alarm raised', answered: 'Somebody answered the alarm', acted: 'Something was done about it', 'called-911': '911 was called', 'called-prescriber': 'The prescriber was called',
}

/** What the record of a drill shows, beside the questions a trainer asks. It gives no marks. */
export function LookBack({ drill, book, onAgain }: { readonly drill: Drill; readonly book: Rulebook; readonly onAgain: () => void }) {
  const { device, chart, session, clock, patient, asked } = drill
  const { zone } = device.me.practice
  const used = useChart(chart)
  const read = readSession(used.chart, session, sessionRowsOf(book), { now: clock.now(), zone })
  const schedule = book.monitoring.schedules.find(({ route }) => route === asked.route)
  if (!read.ok || !schedule) return <Notice level="call" what="There is no record of this drill." next="Begin another one." />
  const debrief = debriefOf(used.chart, read.value, patient, { schedule, reading: book.monitoring.reading, cards: emergencyCards })
  return (
    <Stack air="wide">
      <h1>Looking back at the drill</h1>
      <p>A simulated patient, number {asked.seed}. What stands here was read out of what you wrote down. What is missing was perhaps done, and not written.</p>
      <Event debrief={debrief} zone={zone} />
      <section aria-label="Readings">
        <Heading level={2}>Readings</Heading>
        <p>{readingsInWords(debrief)}</p>
        <Table caption="Planned readings" captionHeard rows={debrief.readings} rowKey={({ plannedAt }) => plannedAt} columns={[
          { key: 'planned', head: 'Planned', cell: ({ plannedAt }) => wallTime(plannedAt, zone) },
          { key: 'taken', head: 'Taken', cell: ({ takenAt }) => (takenAt ? wallTime(takenAt, zone) : 'not taken') },
          { key: 'late', head: 'Late', cell: ({ lateMin }) => (lateMin === undefined ? '' : lateMin < 1 ? 'in time' : `${Math.round(lateMin)} min`) },
        ]} />
      </section>
      {debrief.unanswered.length > 0 && <Notice level="call" what={`${debrief.unanswered.length === 1 ? 'One alarm was' : `${debrief.unanswered.length} alarms were`} never answered: ${[...new Set(debrief.unanswered)].join('; ')}.`} />}
      <div className="k-buttons"><Button kind="primary" onClick={onAgain}>Begin another drill</Button><Button onClick={() => keepRecord(drill, debrief, used.chart.entries)}>Keep the record as a file</Button></div>
    </Stack>
  )
}

function Event({ debrief: { event }, zone }: { readonly debrief: Debrief; readonly zone: string }) {
  if (!event) return <Notice what="Nothing was planted in this drill, or it had not begun when you ended it." />
  return (
    <section aria-label="What happened">
      <Heading level={2}>{event.name}</Heading>
      <p>It began at {wallTime(event.beganAt, zone)}.</p>
      <Table caption="What was done, and when" captionHeard rows={event.steps} rowKey={({ what }) => what} columns={[
        { key: 'what', head: 'What', cell: ({ what }) => WHAT[what] },
        { key: 'at', head: 'At', cell: ({ at }) => (at ? wallTime(at, zone) : 'not in the record') },
        { key: 'after', head: 'After', cell: ({ afterMin }) => (afterMin === undefined ? '' : afterMin < 1 ? `${Math.round(afterMin * 60)} s` : `${Math.round(afterMin)} min`) },
      ]} />
      <Heading level={3}>To talk over</Heading>
      <ul>{event.asks.map((ask) => <li key={ask}>{ask}</li>)}</ul>
    </section>
  )
}

function readingsInWords({ readings, longestGapMin }: Debrief): string {
  const taken = readings.filter(({ takenAt }) => takenAt).length
  const gap = longestGapMin === undefined ? '' : ` The longest time without a whole reading was ${Math.round(longestGapMin)} minutes.`
  return `${taken} of ${readings.length} planned readings were taken whole.${gap}`
}

/** The record, for the training file. It says in its first line that nobody in it is real. */
function keepRecord({ asked, device, clock }: Drill, debrief: Debrief, entries: readonly unknown[]) {
  const text = JSON.stringify({ what: 'A drill with a simulated patient. Nobody in it is real.', with: device.me.name, endedAt: clock.now(), ...asked, debrief, entries }, null, 2)
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: `drill-${clock.now().slice(0, 10)}-${asked.seed}.json` })
  link.click()
  URL.revokeObjectURL(address)
}
