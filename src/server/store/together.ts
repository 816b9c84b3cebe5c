/** What the database says to every statement of a transaction in which one has failed. */
const FAILED_BEFORE = '25P02'
const followsFromAnother = ({ reason }: PromiseRejectedResult) => (reason as { code?: string } | undefined)?.code === FAILED_BEFORE

/**
 * Reads that do not wait for each other, on the same wire. Where one fails, the others are waited for: none goes on once its
 * transaction has ended and the connection is somebody else's. The failure that is told is the one the others follow from.
 */
export async function together<Work extends readonly unknown[]>(...work: Work): Promise<{ -readonly [At in keyof Work]: Awaited<Work[At]> }> {
  const done = await Promise.allSettled(work)
  const failed = done.filter((one) => one.status === 'rejected')
  if (failed.length > 0) throw (failed.find((one) => !followsFromAnother(one)) ?? failed[0]!).reason
  return done.map((one) => (one as PromiseFulfilledResult<unknown>).value) as never
}
