import { Link } from '@tanstack/react-router'
import { Notice, Stack } from '../../../kit/index.ts'
import { useNow } from '../../../sync/clock.ts'
import { ago, dayAndTime } from '../../times.ts'
import type { CalendarNow } from '../calendar-layout.ts'
import { Section } from '../parts.tsx'
import { SettleChange } from '../ToldChanges.tsx'
import { visitTitle, visitWhen } from '../visits.ts'

interface WaitingProps {
  readonly waiting: CalendarNow['waiting']
  readonly zone: string
  readonly mayMove: boolean
  readonly onDone: (words: string) => void
}

/** Moves that wait for the patient's yes: since when and until when, and what would go where. */
export function WaitingMoves({ waiting, zone, mayMove, onDone }: WaitingProps) {
  const now = useNow(60_000)
  if (waiting.length === 0) return null
  return (
    <Section id="waiting" title="Waiting for an answer">
      <Stack>
        {waiting.map(({ chart, name, told, at, until, changes }) => (
          <Notice key={told} what={<><Link to="/work/charts/$chart/plan" params={{ chart }}>{name}</Link>: {changes.map(({ from, to }) => `${visitTitle(from)}, ${visitWhen(from)} → ${visitWhen(to)}`).join('; ')}</>} kept={`Asked ${ago(at, now)}. Held until ${dayAndTime(until, zone)}; the old times stand.`}>
            {mayMove && <SettleChange chart={chart} told={told} how="taken-back" onDone={onDone} />}
          </Notice>
        ))}
      </Stack>
    </Section>
  )
}
