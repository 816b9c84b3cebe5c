import type { DayOfRow } from '../session/day-medicines.ts'
import type { Cited } from '../shared/cited.ts'
import type { NamedSubstance, ScreeningFacts } from './facts.ts'
import { holdsPhrase, type Medicine } from './medicine.ts'

/**
 * Medicines that do one thing together with ketamine. "Hold" in an instruction means as-needed doses only:
 * a scheduled medicine, or one a person depends on, is never stopped by this software.
 */
export interface InteractionClass extends Cited {
  readonly name: string
  readonly medicines: readonly Medicine[]
  readonly effect: string
  readonly severity: 'none' | 'minor' | 'moderate' | 'major'
  readonly instruction: string
  /** What is asked about on the day of a session, where the source leaves it out on that day. No row is made up where a source gives none. */
  readonly onTheDay?: Pick<DayOfRow, 'since' | 'routes' | 'says'>
  /** Where sources disagree, what each says. */
  readonly conflict?: string
  /** Eligibility rules that ask about this class. */
  readonly rules: readonly string[]
}

export interface InteractionMet { readonly interaction: InteractionClass; readonly taken: readonly string[]; readonly entries: readonly string[] }

/** The classes that something on the medication list belongs to, for the reconciliation screen. Missing lists give none: ask the screening what is open. */
export function interactionsMet(classes: readonly InteractionClass[], facts: Pick<ScreeningFacts, 'medications'>): InteractionMet[] {
  const { medications } = facts
  if (medications.state === 'missing') return []
  return classes.flatMap((interaction) => {
    const found = medications.items.filter((item) => belongs(item.value, interaction))
    if (found.length === 0) return []
    return [{ interaction, taken: found.map((item) => item.value.name), entries: found.flatMap((item) => item.entries) }]
  })
}

const belongs = (taken: NamedSubstance, interaction: InteractionClass) =>
  interaction.medicines.some(({ ingredient, names }) => taken.ingredients.includes(ingredient) || holdsPhrase(taken.plain, ingredient) || names?.some((name) => holdsPhrase(taken.plain, name)))
