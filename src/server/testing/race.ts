const AT_ONCE = 6

/** So many races, a few at once: how many of the rivals of each came through. */
export async function race(races: number, rivals: (at: number) => readonly Promise<unknown>[]): Promise<number[]> {
  const winners: number[] = []
  let next = 0
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < races) winners.push((await Promise.allSettled(rivals(next++))).filter(({ status }) => status === 'fulfilled').length)
  }))
  return winners
}
