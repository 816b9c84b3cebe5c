/** A program running on a device. It ends at once and anywhere: what it had asked for never comes back to it. */
export interface Process {
  dead: boolean
  /** So many steps until it dies by itself, before the last of them took place or after. */
  fuse: number
  afterwards: boolean
  /** The disk is busy: of what it marked as refused it is told two seconds late. */
  toldLate?: true
}
export const aProcess = (): Process => ({ dead: false, fuse: Infinity, afterwards: false })
export const never = <Value>() => new Promise<Value>(() => {})

/** Counts one step of a program; false when it died before taking it. */
export function goesOn(process: Process): boolean {
  if (process.dead) return false
  process.fuse -= 1
  if (process.fuse <= 0 && !process.afterwards) process.dead = true
  return !process.dead
}
/** Whether it died right after the step it just took. */
export function diedAfter(process: Process): boolean {
  if (process.fuse <= 0) process.dead = true
  return process.dead
}
