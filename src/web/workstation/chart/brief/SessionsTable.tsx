import { showDose } from '../../../../core/measures/doses.ts'
import { DataPairs, Table } from '../../../kit/index.ts'
import { shortDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import type { SessionBrief } from './sessions.ts'

interface SessionsProps {
  readonly briefs: readonly SessionBrief[]
}

/** The two amounts never break in the middle. */
const doseOf = ({ doseUg, steps, route, perKg }: SessionBrief) => (doseUg === undefined
  ? `${showDose(doseUg)}; ${route}${steps > 1 ? `, ${steps} steps` : ''}`
  : <><span className="c-brief__amount">{showDose(doseUg)} {route},</span>{steps > 1 && ` ${steps} steps,`} <span className="c-brief__amount">{perKg ?? 'not known by weight'}</span></>)
/** A rating of nausea beside what was written as a side effect; none written is not none. */
const effectsOf = ({ nausea, sideEffects }: SessionBrief) => [...(nausea === undefined ? [] : [`nausea rated ${nausea}`]), ...sideEffects].join('; ') || 'none written'
const effectOf = ({ peakEffect, deepest }: SessionBrief) => [peakEffect, deepest && `deepest ${deepest}`].filter(Boolean).join(', ') || NOT_RATED
const therapistOf = ({ tolerance, note, paper }: SessionBrief) => `${[tolerance, note].filter(Boolean).join(': ') || 'not closed'}${paper === 'unchecked' ? '; transcribed, not yet checked' : paper === 'differs' ? '; transcribed, differs from the paper' : ''}`
const sumOf = ({ sumUg }: SessionBrief) => (sumUg === undefined ? 'not known' : showDose(sumUg))
const NOT_RATED = 'not rated'

/** Every session on one screen: a table where there is room, a card each where there is not. */
export function SessionsTable({ briefs }: SessionsProps) {
  const { chartId, zone } = useOpenChart()
  const columns = [
    { key: 'when', head: 'Session', cell: (row: SessionBrief) => <a href={`/work/charts/${chartId}/session/${row.id}`}>{`${briefs.indexOf(row) + 1}, ${shortDay(row.at, zone)}`}</a> },
    { key: 'dose', head: 'Dose', cell: doseOf },
    { key: 'effect', head: 'Effect', cell: effectOf },
    { key: 'dissociation', head: 'Dissociation', cell: (row: SessionBrief) => ofTen(row.dissociation) },
    { key: 'pressure', head: 'Highest pressure', numeric: true, cell: (row: SessionBrief) => row.peakPressure ?? 'not measured' },
    { key: 'effects', head: 'Nausea, side effects', cell: effectsOf },
    { key: 'phq', head: 'PHQ-9 before', numeric: true, cell: (row: SessionBrief) => row.phqBefore ?? 'none' },
    { key: 'sum', head: 'In all', numeric: true, cell: sumOf },
    { key: 'therapist', head: 'The room says', cell: therapistOf },
  ]
  return (
    <>
      <div className="c-brief__table"><Table caption="Sessions side by side" rows={briefs} rowKey={(row) => row.id} columns={columns} /></div>
      <ul className="c-brief__cards" aria-label="Sessions one by one">
        {briefs.map((row, place) => (
          <li key={row.id}>
            <h3><a href={`/work/charts/${chartId}/session/${row.id}`}>{`Session ${place + 1}, ${shortDay(row.at, zone)}`}</a></h3>
            <DataPairs pairs={[
              ['Dose', doseOf(row)], ['Strongest', row.peakEffect ?? NOT_RATED], ['Deepest', row.deepest ?? NOT_RATED], ['Dissociation', ofTen(row.dissociation)], ['Highest pressure', row.peakPressure ?? 'not measured'],
              ['Nausea, side effects', effectsOf(row)], ['PHQ-9 before', row.phqBefore ?? 'none'], ['All doses so far', sumOf(row)], ['The room says', therapistOf(row)],
            ]} />
          </li>
        ))}
      </ul>
    </>
  )
}

const ofTen = (value: number | undefined) => (value === undefined ? NOT_RATED : `${value} of 10`)
