import { useRulesInForce, type RulesNow } from '../sync/editions.ts'
import { useMe } from './me.ts'

/** The rules of the practice of whoever is signed in, its own courses among them. */
export const useRules = (): RulesNow => useRulesInForce(useMe()?.practice.id)
