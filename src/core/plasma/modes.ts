import type { PlasmaModelRow } from './rows.ts'

/** A part of a dose that falls at one rate. The shares of an injected dose add up to 1. */
export interface Mode {
  readonly share: number
  /** A minute. */
  readonly rate: number
}

type Rates = Pick<PlasmaModelRow, 'eliminationPerMin' | 'exchangesPerMin'>

/**
 * How an injected dose leaves the central volume: one exponential for each volume. A rate solves
 * elimination − Σ out·rate/(back − rate) = rate, and between and outside the returning rates lies exactly one each.
 */
export function modes(model: Rates): Mode[] {
  return bracketsOf(model).map(([low, high]) => shareOf(rootBetween(model, low, high), model))
}

/** The rates lie one below the slowest return, one between each two, and one above the fastest, which all rates together bound. */
function bracketsOf({ eliminationPerMin, exchangesPerMin }: Rates): [number, number][] {
  const returns = exchangesPerMin.map(({ back }) => back).toSorted((a, b) => a - b)
  const most = eliminationPerMin + exchangesPerMin.reduce((sum, { out, back }) => sum + out + back, 0)
  const edges = [0, ...returns, most]
  return edges.slice(1).map((edge, place) => [edges[place] as number, edge])
}

/** Falls from positive to negative within every bracket. */
const balance = ({ eliminationPerMin, exchangesPerMin }: Rates, rate: number): number =>
  exchangesPerMin.reduce((sum, { out, back }) => sum - (out * rate) / (back - rate), eliminationPerMin - rate)

/** Halved until nothing lies between: as exact as a number can be, and never lost near a pole. */
function rootBetween(model: Rates, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (balance(model, middle) > 0) low = middle
    else high = middle
  }
  return high
}

/** The residue of the transfer function at its pole. */
function shareOf(rate: number, { exchangesPerMin }: Rates): Mode {
  const slope = exchangesPerMin.reduce((sum, { out, back }) => sum + (out * back) / (back - rate) ** 2, 1)
  return { rate, share: 1 / slope }
}
