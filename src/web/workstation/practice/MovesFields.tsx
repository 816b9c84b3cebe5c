import { useState } from 'react'
import { MOST_NOTICE_HOURS, type WayToMove } from '../../../core/scheduling/own-move.ts'
import { ownMoveDefaults } from '../../../knowledge/moving.ts'
import { NumberField, Select, Stack } from '../../kit/index.ts'

const ways: readonly { readonly value: WayToMove; readonly label: string }[] = [
  { value: 'themselves', label: 'They move it themselves' }, { value: 'asked', label: 'They ask, the desk answers' }, { value: 'not', label: 'Only the practice moves it' },
]

interface MovesProps {
  readonly text: (key: string) => string
  readonly set: (key: string) => (value: unknown) => void
}

/** What patients may do about the time of their own visits. */
export function MovesFields({ text, set }: MovesProps) {
  const way = (key: string, shipped: WayToMove) => ways.find(({ value }) => value === text(key))?.value ?? shipped
  const [hours, setHours] = useState<number | null>(text('ownMoveNoticeHours') === '' ? ownMoveDefaults.noticeHours : Number(text('ownMoveNoticeHours')))
  return (
    <Stack>
      <h2>When patients move a visit</h2>
      <p className="soft">They are shown only times at which the same people and a room are free and every rule of the course is kept, with nothing else moving.</p>
      <div className="d-fields">
        <Select label="Visits to talk" choices={ways} value={way('ownMoves', ownMoveDefaults.way)} onChange={set('ownMoves')} />
        <Select label="Medicine sessions and clearances" hint="Gates hang on these." choices={ways} value={way('ownMovesGated', ownMoveDefaults.wayOfGated)} onChange={set('ownMovesGated')} />
        <NumberField label="Notice at least" unit="hours" min={0} max={MOST_NOTICE_HOURS} value={hours} onChange={(next) => { setHours(next); set('ownMoveNoticeHours')(next === null ? '' : String(next)) }} />
      </div>
    </Stack>
  )
}
