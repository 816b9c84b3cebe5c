import { Link } from '@tanstack/react-router'
import type { WaitingPerson } from '../../../../core/contract/joint.ts'
import { buttonClass, Checkbox, Row, Rows, Stack } from '../../../kit/index.ts'
import { Section } from '../parts.tsx'
import { counted, waitedWords, wishWords } from './words.ts'

interface ListProps {
  readonly people: readonly WaitingPerson[]
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
}

/** Who can be planned, longest wait first; each can be left out. */
export function WaitingPeople({ people, chosen, onChosen }: ListProps) {
  const flip = (chart: string, on: boolean) => onChosen(new Set(on ? [...chosen, chart] : [...chosen].filter((one) => one !== chart)))
  return (
    <ul className="d-waiting" aria-label="People who can be planned, longest wait first">
      {people.map((one) => (
        <li key={one.chart}>
          <Checkbox label={<strong>{one.name}</strong>} checked={chosen.has(one.chart)} onChange={(on) => flip(one.chart, on)} hint={[one.course, `${counted(one.left, 'visit')} to book`, `with ${one.therapist}`].join(' · ')} />
          <span className="d-waiting__wishes soft">{wishWords(one.wishes) || 'No wishes about times are known'}</span>
          <span className="d-waiting__since">{waitedWords(one.waitedDays)}</span>
        </li>
      ))}
    </ul>
  )
}

const mends = {
  plan: (chart: string) => <Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart }}>Open the plan</Link>,
  chart: (chart: string) => <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart }}>Open the chart</Link>,
  team: (chart: string) => <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart }} search={{ step: 'person' } as never}>Open the care team</Link>,
}

/** Who waits and cannot be planned yet, with why, and where that is put right. */
export function Blocked({ people }: { readonly people: readonly WaitingPerson[] }) {
  if (people.length === 0) return null
  return (
    <Section id="blocked" title="Cannot be planned yet">
      <Rows label="People who wait and cannot be planned yet, with why">
        {people.map((one) => (
          <Row key={one.chart} who={one.name} where={waitedWords(one.waitedDays)} missing={<Stack air="tight">{one.blocked.map(({ says }) => <span key={says}>{says}</span>)}</Stack>}
            since={[...new Set(one.blocked.map(({ mend }) => mend))].map((mend) => <span key={mend}>{mends[mend](one.chart)}</span>)} />
        ))}
      </Rows>
    </Section>
  )
}
