import { useDevice } from '../../sync/index.ts'
import { useHoldStock } from './stock.ts'

/** Keeps what may be drawn from on this device for as long as a room is open. Draws nothing. */
export function HoldStock() {
  useHoldStock(useDevice().me.practice.id)
  return null
}
