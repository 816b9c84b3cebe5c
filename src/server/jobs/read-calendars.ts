import { plusMinutes } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import { monthsKept } from '../http/own-calendars.ts'
import type { Shell } from '../http/shell.ts'
import { readBusyTimes, type BusyRead } from '../outside/busy-times.ts'
import { fetchCalendar, type Fetched } from '../outside/fetch-calendar.ts'
import { unseal } from '../sign-in/secrets.ts'
import { keepBusyTimes, noteFailure } from '../store/own-calendars.ts'

/** Minutes between two readings of one calendar; one that could not be read is left alone for longer. */
const AGAIN_MIN = 15
const FAILED_MIN = 60
const AT_ONCE = 5

interface Due {
  readonly calendar: string
  readonly sealed: string
  readonly zone: string
}

/** Reads the calendars that are due. No transaction stands open meanwhile, and one that cannot be read takes nothing from what was known. */
export async function readCalendars(shell: Pick<Shell, 'database' | 'clock' | 'secret'>, practice: string, fetch: (address: string) => Promise<Fetched> = fetchCalendar): Promise<number> {
  const now = shell.clock.now()
  const { rows } = await asJob(shell, practice, (client) => client.query<Due>(
    `select c.calendar_id as calendar, c.sealed_address as sealed, p.zone from app.outer_calendar c join app.practice p using (practice_id) join app.person x on x.practice_id = c.practice_id and x.person_id = c.person_id
      where c.practice_id = $1 and c.sealed_address is not null and x.active and (c.tried_at is null or c.tried_at <= case when c.failing_since is null then $2 else $3 end) order by c.tried_at nulls first limit $4`,
    [practice, plusMinutes(now, -AGAIN_MIN), plusMinutes(now, -FAILED_MIN), AT_ONCE]))
  for (const due of rows) {
    const read = await readOne(due, shell, now, fetch)
    await asJob(shell, practice, async (client) => {
      if (read.ok) await keepBusyTimes(client, practice, due.calendar, read.times, now)
      else await noteFailure(client, practice, due.calendar, read.says, now)
    }, true)
  }
  return rows.length
}

async function readOne({ sealed, zone }: Due, { secret }: Pick<Shell, 'secret'>, now: string, fetch: (address: string) => Promise<Fetched>): Promise<BusyRead> {
  const address = opened(secret, sealed)
  if (address === undefined) return { ok: false, says: 'This server cannot open the address any more. Take the calendar away and add it again.' }
  const fetched = await fetch(address)
  return fetched.ok ? readBusyTimes(fetched.text, { zone, ...monthsKept(now) }) : fetched
}

/** Whoever brings a copy of the database to another server brings its secret along, or this cannot be read there. */
function opened(secret: Buffer, sealed: string): string | undefined {
  try {
    return unseal(secret, sealed)
  } catch {
    return undefined
  }
}
