import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { discharge } from '../../../../knowledge/discharge.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { scales } from '../../../../knowledge/scales.ts'
import { Button, Checkbox, RadioTiles } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { NotVerified } from './not-verified.tsx'

type Assessed = BodyOf<'discharge-assessed.v1'>
type Score = (typeof recoveryScores)[keyof typeof recoveryScores]

/** 2, 1 or 0. Nothing is chosen beforehand, and a missing item stops the record. */
const choices = (steps: readonly string[]) => steps.map((says, place) => ({ value: String(2 - place), label: says, hint: `${2 - place}` }))
const asChoices = (steps: readonly { readonly value: number; readonly says: string }[]) => steps.map(({ value, says }) => ({ value: String(value), label: String(value), hint: says }))

/** The assessment that two people then sign. */
export function Assess({ room, onDone }: { readonly room: Room; readonly onDone: () => void }) {
  const { run } = useInRoom()
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const [ticks, setTicks] = useState({ noDrivingSigned: false, instructionsGiven: false, roomAir: false })
  const [tried, setTried] = useState(false)
  const needed = ['moaaS', 'rass', 'orientation', 'gait', 'dissociation', ...recoveryScores.aldrete.items.map(({ key }) => `aldrete.${key}`), ...recoveryScores.padss.items.map(({ key }) => `padss.${key}`)]
  const missing = needed.filter((key) => given[key] === undefined)
  const field = (key: string) => ({ value: given[key] ?? null, onChange: (value: string) => setGiven({ ...given, [key]: value }), problem: tried && given[key] === undefined ? 'Not answered yet.' : undefined })
  const record = () => {
    setTried(true)
    if (missing.length === 0) void run(async () => { await room.write('discharge-assessed.v1', bodyOf(given, ticks)); onDone() }, 'stay', 'assessed')
  }
  return (
    <div className="r-form">
      <RadioTiles label="How awake (MOAA/S)" choices={asChoices(scales.moaaS.steps)} {...field('moaaS')} tile="9rem" />
      <RadioTiles label="How calm (RASS)" choices={asChoices(scales.rass.steps)} {...field('rass')} tile="9rem" />
      <RadioTiles label="Oriented to" choices={asChoices(scales.orientation.steps)} {...field('orientation')} tile="9rem" />
      <RadioTiles label="Feels detached" choices={[{ value: 'none-above-baseline', label: 'No more than before the dose' }, { value: 'present', label: 'Yes, more than before' }]} {...field('dissociation')} />
      <RadioTiles label="Gait" choices={[{ value: 'steady', label: 'Steady' }, { value: 'assisted', label: 'Needs help' }]} {...field('gait')} />
      <Scores prefix="aldrete" score={recoveryScores.aldrete} field={field} />
      <Scores prefix="padss" score={recoveryScores.padss} field={field} />
      <Checkbox framed label={discharge.D11.asks} checked={ticks.noDrivingSigned} onChange={(on) => setTicks({ ...ticks, noDrivingSigned: on })} />
      <Checkbox framed label="Written instructions with a number that answers day and night were given" checked={ticks.instructionsGiven} onChange={(on) => setTicks({ ...ticks, instructionsGiven: on })} />
      <Checkbox framed label="Breathes room air, without oxygen" checked={ticks.roomAir} onChange={(on) => setTicks({ ...ticks, roomAir: on })} />
      <NotVerified rows={[...Object.values(scales), ...Object.values(recoveryScores)]} />
      {tried && missing.length > 0 && <p role="alert" className="r-warn">{missing.length} {missing.length === 1 ? 'answer is' : 'answers are'} missing. Nothing was recorded.</p>}
      <div className="k-buttons"><Button kind="primary" size="room" onClick={record}>Record assessment</Button><Button size="room" onClick={onDone}>Back</Button></div>
    </div>
  )
}

function Scores({ prefix, score: { name, items }, field }: { readonly prefix: string; readonly score: Score; readonly field: (key: string) => { value: string | null; onChange: (value: string) => void; problem: string | undefined } }) {
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {items.map(({ key, asks, steps }) => <RadioTiles key={key} label={`${name}: ${asks}`} choices={choices(steps)} {...field(`${prefix}.${key}`)} tile="9rem" />)}
    </section>
  )
}

function bodyOf(given: Readonly<Record<string, string>>, ticks: Pick<Assessed, 'noDrivingSigned' | 'instructionsGiven' | 'roomAir'>): Assessed {
  const score = (prefix: keyof typeof recoveryScores) => Object.fromEntries(recoveryScores[prefix].items.map(({ key }) => [key, Number(given[`${prefix}.${key}`])]))
  return {
    moaaS: Number(given['moaaS']), rass: Number(given['rass']), orientation: Number(given['orientation']), gait: given['gait'] as Assessed['gait'], dissociation: given['dissociation'] as Assessed['dissociation'],
    aldrete: score('aldrete') as Assessed['aldrete'], padss: score('padss') as Assessed['padss'], ...ticks,
  }
}
