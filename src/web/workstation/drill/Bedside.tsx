import { useState } from 'react'
import { helpedAt, seenAt } from '../../../core/drill/patient.ts'
import type { PlasmaDose } from '../../../core/plasma/plasma.ts'
import { plasmaRoutes } from '../../../core/plasma/rows.ts'
import { readSession } from '../../../core/session/session.ts'
import { symptomName } from '../../../core/session/describe.ts'
import { sessionRowsOf } from '../../../core/rulebook/book.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { drill as rows } from '../../../knowledge/drill.ts'
import { plasma } from '../../../knowledge/plasma.ts'
import { scales } from '../../../knowledge/scales.ts'
import { Badge, Button } from '../../kit/index.ts'
import { useChart, useNow } from '../../sync/index.ts'
import { useRulesOf } from '../../sync/editions.ts'
import type { Drill } from './drill.ts'

const SPEEDS = [1, 4, 10] as const

/** The room's monitor and the person in the chair, as far as a drill can show them. Nothing here writes anything down: people do. */
export function Bedside({ drill, onEnd }: { readonly drill: Drill; readonly onEnd: () => void }) {
  const { clock, patient, chart, session, device } = drill
  const now = useNow(1_000, clock)
  const used = useChart(chart)
  const started = used.chart.all('session-started.v1').find(({ id }) => id === session)
  const rules = useRulesOf(device.me.practice.id, started?.body.edition)
  const [speed, setSpeed] = useState<number>(clock.speed())
  const read = readSession(used.chart, session, sessionRowsOf(rules.book), { now, zone: device.me.practice.zone })
  if (!read.ok || read.value.doses.firstAt === undefined) return <section className="r-drill" aria-label="Drill"><p><b>Drill.</b> Getting the room ready …</p></section>
  const { doses, entries } = read.value
  const first = doses.firstAt!
  const plannedEnd = rules.book.monitoring.schedules.find(({ route }) => route === 'IV')?.infusion?.plannedEndMin ?? 0
  const given = doses.steps.flatMap(({ stands, endedAt }): PlasmaDose[] => {
    const route = plasmaRoutes.find((one) => one === stands?.body.route)
    if (!stands || !route) return []
    return [{ mg: stands.body.doseUg / 1_000, route, atMin: minutesBetween(first, stands.at), durationMin: route === 'IV' ? (endedAt ? minutesBetween(stands.at, endedAt) : plannedEnd) : 0 }]
  })
  const seen = seenAt(patient, minutesBetween(first, now), given, helpedAt(patient, entries.list, first), rows, plasma)
  const { values, symptoms, ratings } = seen
  const says = (scale: 'moaaS' | 'rass' | 'orientation') => scales[scale].steps.find(({ value }) => value === values[scale])?.says ?? ''
  const change = (next: number) => { clock.setSpeed(next); setSpeed(next) }
  return (
    <section className="r-drill" aria-label="Drill">
      <p className="r-drill__mark"><Badge level="caution">drill</Badge> <b>A simulated patient.</b> <span className="r-drill__small">Nothing here is on anybody’s chart, and nobody outside this page is told.</span></p>
      <div className="r-drill__acts" role="group" aria-label="Time in the drill">
        {SPEEDS.map((each) => <Button key={each} kind={speed === each ? 'primary' : 'quiet'} aria-pressed={speed === each} onClick={() => change(each)}>{each} ×<span className="heard"> as fast</span></Button>)}
        <Button kind="quiet" onClick={() => clock.skip(AHEAD_MIN)}>{`+ ${AHEAD_MIN} min`}<span className="heard"> ahead</span></Button>
        <Button kind="quiet" onClick={onEnd}>End<span className="heard"> and look back</span></Button>
      </div>
      <dl className="r-drill__monitor" aria-label="Simulated bedside monitor">
        <div><dt>Pressure</dt><dd>{values.systolicMmHg}/{values.diastolicMmHg}</dd></div>
        <div><dt>Pulse</dt><dd>{values.heartRatePerMin}</dd></div>
        <div><dt>Saturation</dt><dd>{values.spo2Percent}</dd></div>
        <div><dt>Breathing</dt><dd>{values.respiratoryRatePerMin}</dd></div>
        <div className="r-drill__seen"><dt>Spoken to</dt><dd>{says('moaaS')}</dd></div>
        <div className="r-drill__seen"><dt>Looks</dt><dd>{says('rass')}, oriented to {says('orientation')}</dd></div>
        <div className="r-drill__seen"><dt>Says</dt><dd>intensity {ratings.intensity}, distress {ratings.distress}, nausea {ratings.nausea}</dd></div>
        {symptoms.length > 0 && <div className="r-drill__seen" data-symptom><dt>Now</dt><dd>{symptoms.map(symptomName).join(', ')}</dd></div>}
      </dl>
    </section>
  )
}

const AHEAD_MIN = 5
