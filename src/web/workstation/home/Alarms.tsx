import { Link } from '@tanstack/react-router'
import type { HomeAlarm } from '../../../core/contract/on-call.ts'
import { Badge, Row, rowOpen, Rows } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { ago, clockTime, dayAndTime } from '../times.ts'

/** Answers that cannot wait, nobody’s first. There is no button that puts one away: it goes when a named person has written what was done and closed the risk. */
export function Alarms({ alarms, now, zone }: { readonly alarms: readonly HomeAlarm[]; readonly now: string; readonly zone: string | undefined }) {
  if (alarms.length === 0) return null
  return (
    <Section id="alarms" title="Answers that cannot wait">
      <Rows label="Answers of patients that are not closed, those that nobody has taken over first">
        {alarms.toSorted((a, b) => Number(a.takenBy !== null) - Number(b.takenBy !== null)).map((one) => (
          <Row
            key={one.entry} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: one.chart }} search={{ step: 'risks' } as never}>{one.name}</Link>} where={`answered ${ago(one.openedAt, now)}`}
            missing={one.takenBy
              ? <><Badge level="call">open</Badge><span>{one.takenBy} took it over{one.takenAt && ` at ${clockTime(one.takenAt, zone)}`}. It is closed on the chart, with what was done.</span></>
              : <><Badge level="emergency">nobody yet</Badge><span>{one.called.length > 0 ? `Called: ${one.called.map(({ name, at }) => `${name} at ${clockTime(at, zone)}`).join(', ')}.` : 'Nobody could be called.'} Nobody has taken it over.</span></>}
            since={`by ${dayAndTime(one.dueAt, zone)}`}
          />
        ))}
      </Rows>
    </Section>
  )
}
