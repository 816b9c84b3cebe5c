import { z } from 'zod'
import { entryDraft, storedEntry } from './charting.ts'
import { route } from './route.ts'

const chartId = z.object({ chart: z.uuid() })
const instant = z.iso.datetime({ precision: 3 })
const wrote = z.object({ entry: storedEntry })
const line = z.object({ entry: entryDraft, by: z.string().trim().max(200) })

/** Paper: sheets made ready for when nothing answers, and what was written on them typed in afterwards and compared. */
export const paperRoutes = {
  /** What stands on paper, typed in one act. `start`: the session itself was on paper as well; then its close is among the lines. */
  transcribe: route({
    method: 'POST', path: '/api/charts/:chart/transcriptions', who: 'session.join', audit: 'session.transcribed', params: chartId,
    body: z.object({
      id: z.uuid(), device: z.uuid(), session: z.uuid(), wrote: z.string().trim().min(2).max(200), why: z.string().trim().min(3).max(1000),
      start: z.object({ at: instant, visit: z.uuid().optional(), people: z.array(z.object({ person: z.uuid(), name: z.string().trim().min(1).max(200), role: z.string().trim().min(1).max(40) })).min(1).max(8) }).optional(),
      lines: z.array(line).min(1).max(390),
    }),
    response: wrote,
  }),
  /** A second person's comparison with the paper, line by line, signed with their own sign-in. */
  checkTranscription: route({
    method: 'POST', path: '/api/charts/:chart/transcriptions/:transcription/check', who: 'session.join', audit: 'transcription.checked', params: chartId.extend({ transcription: z.uuid() }),
    body: z.object({
      id: z.uuid(), device: z.uuid(), typedName: z.string().trim().min(2).max(200),
      compared: z.array(z.object({ entry: z.uuid(), found: z.enum(['agrees', 'corrected', 'struck', 'differs']), says: z.string().trim().max(1000).default(''), by: entryDraft.optional() })).min(1).max(390),
    }),
    response: wrote,
  }),
  /** The sheets of a day's medicine sessions as one document, for whoever treats these people. */
  downtimeSheets: route({ method: 'GET', path: '/api/downtime/:day', who: 'signed-in', audit: 'downtime.printed', params: z.object({ day: z.iso.date() }), query: z.object({ size: z.enum(['letter', 'a4']).optional() }), response: z.unknown() }),
} as const
