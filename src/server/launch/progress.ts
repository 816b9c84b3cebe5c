export type Report = (line: string) => void

/** Says what is going on when it takes longer than two seconds, and nothing when it does not. */
export async function slowly<T>(line: string, report: Report, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => report(line), 2_000)
  try {
    return await work
  } finally {
    clearTimeout(timer)
  }
}
