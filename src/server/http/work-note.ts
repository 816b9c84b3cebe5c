import { standingVisits } from '../../core/measures/doses.ts'
import { timeOff } from '../../core/scheduling/time-off.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { timeOffRows } from '../../knowledge/time-off.ts'
import { workNotePdf } from '../outside/work-note-pdf.ts'
import { practiceRow } from '../store/practice.ts'
import { judge } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers } from './shell.ts'

export const workNoteHandlers: Handlers<'workNote'> = {
  async workNote({ params, body }, here) {
    const { row, chart, zone } = await judge(here, params.chart)
    const { settings, sample } = await practiceRow(here)
    const text = (key: string) => (typeof settings[key] === 'string' ? settings[key].trim() : '')
    if (text('letterName') === '') throw new Problem('work-note.nameless')
    const visits = standingVisits(chart).filter(({ visit }) => body.visits.includes(visit))
    if (visits.length < new Set(body.visits).size) throw new Problem('work-note.moved')
    const shown = (options: Intl.DateTimeFormatOptions) => (at: string) => new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone }).format(new Date(at))
    const { bytes } = await workNotePdf({
      patient: row.name, from: { name: text('letterName'), phone: text('phone') }, sample, issuedOn: localDay(here.now, zone), issued: shown({ dateStyle: 'full' })(here.now), days: timeOff(visits, timeOffRows, zone), driving: body.driving, day: shown({ dateStyle: 'full' }), clock: shown({ timeStyle: 'short' }),
    })
    here.reply.type('application/pdf').header('content-disposition', 'attachment; filename="appointments.pdf"').header('cache-control', 'no-store')
    return Buffer.from(bytes)
  },
}
