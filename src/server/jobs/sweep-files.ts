import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { sweepFiles as sweep } from '../store/files.ts'

/** Long enough for a device that brought bytes on a Friday and their entry after a month's leave. */
const UNNAMED_DAYS = 60

/** Deletes bytes that were brought and that no entry has named since. Bytes that one names are never touched. */
export async function sweepFiles(shell: Pick<Shell, 'database' | 'log'>, practice: string): Promise<number> {
  const swept = await asJob(shell, practice, (client) => sweep({ client }, UNNAMED_DAYS), true)
  if (swept > 0) shell.log.info({ swept }, 'files that no entry names were deleted')
  return swept
}
