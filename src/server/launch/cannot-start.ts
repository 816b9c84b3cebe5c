/**
 * Something outside the program that keeps it from starting. The message is one line for the person at the
 * keyboard: what happened, what was kept, what next. Everything else that is thrown is a bug and shows its stack.
 */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

/** The same failure said plainly, where the operating system's own words are known to confuse. */
export function plainly(failure: unknown, folder: string): CannotStart | undefined {
  if (failure instanceof CannotStart) return failure
  const text = failure instanceof Error ? failure.message : String(failure)
  const code = (failure as { code?: unknown } | null)?.code
  if (code === 'ENOSPC' || code === '53100' || /no space left on device|disk quota exceeded/i.test(text)) {
    return new CannotStart(`The disk that holds ${folder} is full. What was saved is kept: free some space, then start again.`)
  }
  return undefined
}
