import { useMemo } from 'react'
import { doseBrief, type DoseBrief, type Stated } from '../../../../core/dosing/brief.ts'
import { doseRowOf } from '../../../../core/dosing/rows.ts'
import { judgedChart } from '../../../../core/eligibility/reopened.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { slowingBreakdown, titration } from '../../../../knowledge/titration.ts'
import { useOpenChart } from '../open-chart.ts'
import { changeDraft, useDraft } from '../parts/drafts.ts'
import { blankOrder, type OrderDraft } from '../order/draft.ts'
import { bodyOf, weightChoices } from '../order/known.ts'

/** What only the prescriber can say, while it is being said. */
export interface StatedDraft {
  readonly route: NonNullable<Stated['route']> | null
  readonly low: number | null
  readonly high: number | null
  readonly noSideEffects: boolean
}

/** Begins with the window that was signed last: it is the prescriber's own, and stands until they say another. */
export function useStated() {
  const { chart, chartId, protocol, book } = useOpenChart()
  const window = chart.latest('dose-decided.v1')?.body.window
  const routes = protocol.routes.filter((route) => doseRowOf(book.dosing, route))
  const draft = useDraft<StatedDraft>(`${chartId} titration`, { route: null, low: window?.[0] ?? null, high: window?.[1] ?? null, noSideEffects: false })
  return { ...draft, routes }
}

/** Half a window, or one that ends before it begins, is none. */
export const statedOf = ({ route, low, high, noSideEffects }: StatedDraft) => ({
  ...(route && { route }), ...(low !== null && high !== null && low <= high && { window: [low, high] as [number, number] }), noSideEffects,
})

/** The same function over the same rows as on the server, which reads it again when it is signed. */
export function useDoseBrief(stated: Stated): DoseBrief {
  const { chart, book, now, zone } = useOpenChart()
  const minute = now.slice(0, 16)
  const said = JSON.stringify(stated)
  return useMemo(
    () => doseBrief(judgedChart(chart, book), JSON.parse(said) as Stated, { book, titration, inhibitors: slowingBreakdown, response: instruments['phq-9'] }, { now: `${minute}:00.000Z`, zone }),
    [chart, said, book, minute, zone],
  )
}

export const seenOf = ({ action, doseUg, after }: DoseBrief) => ({ action, ...(doseUg !== undefined && { doseUg }), ...(after !== undefined && { after }) })

/** Takes a proposal over to the order form. It fills in and never signs; what is typed there already stays, but for the dose. */
export function useTakeOver() {
  const { chart, chartId, go } = useOpenChart()
  return (brief: DoseBrief, stated: Stated, how: 'accept' | 'change') => {
    const body = bodyOf(chart)
    const same = body && weightChoices(body).choices.find(({ weightG, allowed }) => allowed && weightG === brief.weight?.weightG)
    changeDraft<OrderDraft>(`${chartId} order`, blankOrder, {
      route: brief.route ?? null, doseMg: how === 'accept' && brief.doseUg !== undefined ? brief.doseUg / 1_000 : null, ...(same && { basis: same.id }),
      titration: { how, stated, seen: seenOf(brief), reason: '' },
    })
    go({ step: 'order' })
  }
}
