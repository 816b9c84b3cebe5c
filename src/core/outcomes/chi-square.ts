/**
 * The chance of a chi-square value at least this large: the upper incomplete gamma function, by its series below
 * the bend and by its continued fraction above it. Relative error about 1e-13.
 */
export function chiSquareTail(value: number, degreesOfFreedom: number): number {
  if (!(value > 0)) return 1
  const shape = degreesOfFreedom / 2
  const x = value / 2
  return x < shape + 1 ? 1 - lowerBySeries(shape, x) : upperByFraction(shape, x)
}

const TERMS = 1_000
const front = (shape: number, x: number): number => Math.exp(shape * Math.log(x) - x - logGamma(shape))

function lowerBySeries(shape: number, x: number): number {
  let term = 1 / shape
  let total = term
  for (let n = 1; n < TERMS && term > total * Number.EPSILON; n += 1) {
    term *= x / (shape + n)
    total += term
  }
  return total * front(shape, x)
}

/** Lentz's way through the continued fraction. */
function upperByFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = Infinity
  let d = 1 / b
  let total = d
  for (let n = 1, change = 0; n < TERMS && Math.abs(change - 1) > Number.EPSILON; n += 1) {
    const a = n * (shape - n)
    b += 2
    d = 1 / (b + a * d)
    c = b + a / c
    change = c * d
    total *= change
  }
  return total * front(shape, x)
}

/** Half numbers only are asked for, and they have an exact product: Γ(1/2) = √π, Γ(1) = 1, Γ(s + 1) = sΓ(s). */
function logGamma(shape: number): number {
  let total = shape % 1 === 0 ? 0 : Math.log(Math.PI) / 2
  for (let s = shape % 1 === 0 ? 1 : 0.5; s < shape; s += 1) total += Math.log(s)
  return total
}
