import { useOpenChart } from '../open-chart.ts'
import { Part, Room, When, Written } from '../parts/Room.tsx'
import { BodyForms } from './BodyForms.tsx'
import { PregnancyForm } from './PregnancyForm.tsx'
import { PressurePart } from './PressurePart.tsx'

/** Pressure at rest, weight, height, pregnancy test. Nothing typed is ever converted or pulled to a bound. */
export function MeasurementsRoom() {
  const { chart } = useOpenChart()
  const tests = chart.all('pregnancy-test.v1').toReversed()
  return (
    <Room title="Measurements" says="Taken at rest, outside a session. What looks like a slip is asked about once more; nothing is changed by itself.">
      <PressurePart />
      <BodyForms />
      <Part title="Pregnancy test">
        {tests.length === 0 && <p className="soft">No test is written.</p>}
        {tests.map((entry) => <div key={entry.id} className="c-past"><p><strong>{entry.body.result}</strong>, {entry.body.specimen}, taken <When at={entry.body.takenAt} /></p><Written entry={entry} room="measurements" what="this pregnancy test" /></div>)}
        <PregnancyForm />
      </Part>
    </Room>
  )
}
