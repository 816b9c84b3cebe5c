import type { Cited } from '../shared/cited.ts'
import { isOpen, type Alert } from './alerts.ts'
import { isAtLeast } from './level.ts'
import type { AlertLevel, Symptom } from './rows.ts'

/** One card of what to do first. It fits on a tablet held in one hand, and it opens at once, network or not. */
export interface EmergencyCard extends Cited {
  readonly title: string
  /** The alerts and symptoms that bring it to the top of the pile. */
  readonly opensOn: { readonly rows: readonly { readonly row: string; readonly from: AlertLevel }[]; readonly symptoms: readonly Symptom[] }
  readonly steps: readonly { readonly id: string; readonly says: string; readonly call911?: true }[]
  /** What is looked at again so long after a step was done; the step done again starts it again. */
  readonly timers?: readonly CardTimer[]
  /** What a prescriber may order. Never given from this card: it names who decides. */
  readonly onOrder: readonly string[]
}

export interface CardTimer {
  readonly id: string
  /** The step from which it runs. */
  readonly from: string
  readonly afterMin: number
  readonly says: string
}

/** What one person does while the others do something else. */
export interface EmergencyRole extends Cited {
  readonly says: string
}

/** A way to comfort or ground somebody, in words that can be read while a hand is held. */
export interface ComfortMeasure extends Cited {
  readonly label: string
  readonly how: string
  /** Asks for what the person agreed to beforehand. */
  readonly needs?: 'touch-hands' | 'touch-shoulders'
  readonly helpsWith: readonly ('anxiety' | 'lost' | 'nausea' | 'body' | 'too-much' | 'grief' | 'after')[]
}

/** The cards that the open alerts ask for, worst alert first. Every card can be opened by hand at any time. */
export function cardsFor(alerts: readonly Alert[], cards: readonly EmergencyCard[]): EmergencyCard[] {
  const asked = (card: EmergencyCard, alert: Alert) =>
    card.opensOn.rows.some(({ row, from }) => row === alert.row.id && isAtLeast(alert.level, from)) || (alert.symptom !== undefined && card.opensOn.symptoms.includes(alert.symptom))
  const worstFirst = alerts.filter(isOpen).toSorted((a, b) => Number(isAtLeast(b.level, a.level)) - Number(isAtLeast(a.level, b.level)))
  return [...new Set(worstFirst.flatMap((alert) => cards.filter((card) => asked(card, alert))))]
}
