import type { MouseEvent, ReactNode } from 'react'
import { buttonClass, type ButtonKind } from '../../../kit/index.ts'
import { useOpenChart, type Place } from '../open-chart.ts'

interface RoomLinkProps extends Place {
  readonly children: ReactNode
  readonly kind?: ButtonKind
  readonly className?: string
  readonly current?: boolean
  /** Said instead of the words shown, where they repeat on the page. */
  readonly label?: string
}

/** A link to another place of this chart. It is an address like any other: it can be opened in a new tab. */
export function RoomLink({ children, kind, className, current = false, label, ...place }: RoomLinkProps) {
  const { chartId, go } = useOpenChart()
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(place)
  }
  return <a href={hrefOf(chartId, place)} className={className ?? (kind && buttonClass(kind))} aria-current={current ? 'page' : undefined} aria-label={label} onClick={open}>{children}</a>
}

function hrefOf(chartId: string, place: Place): string {
  const asked = new URLSearchParams(Object.entries(place).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as [string, string]])))
  return `/work/charts/${chartId}${asked.size > 0 ? `?${asked}` : ''}`
}
