import { useMemo } from 'react'
import { replay, type Step } from '../../../../core/eligibility/replay.ts'
import { useOpenChart } from '../open-chart.ts'

/** This chart told again from its first entry, as far as the rules read it. */
export function useReplay(): readonly Step[] {
  const { chart, now, book } = useOpenChart()
  const minute = `${now.slice(0, 16)}:59.999Z`
  return useMemo(() => replay(chart, minute, book.screening), [chart, minute, book])
}
