/**
 * Amounts are whole numbers of a small unit, so no rounding error can enter a dose.
 * The unit is the last word of every name: `doseUg`, `weightG`, `systolicMmHg`, `spacingHours`.
 */
export const mg = (amount: number) => Math.round(amount * 1_000)
export const kg = (amount: number) => Math.round(amount * 1_000)
/** 0.5 mg/kg is 500 µg/kg. */
export const mgPerKg = mg

/** Multiplies a per-kilogram amount by a weight, dropping any fraction of a microgram. */
export const perKgTimes = (ugPerKg: number, weightG: number) => Math.floor((ugPerKg * weightG) / 1_000)

export const roundDownTo = (step: number, amount: number) => amount - (amount % step)

export const showMg = (amountUg: number) => `${amountUg / 1_000} mg`
/** A dose by weight, to two decimals and half upwards; less than that keeps its first figure, so that no dose reads as none. */
export const showPerKg = (amountUg: number, weightG: number) => `${Math.round((amountUg * 100) / weightG) / 100 || Number((amountUg / weightG).toPrecision(1))} mg/kg`
export const showKg = (weightG: number) => `${weightG / 1_000} kg`
/** Cents as people write them: 125000 USD cents is `$1,250.00`. */
export const showMoney = (cents: number, currency = 'USD') =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)
