import ICAL from 'ical.js'

/** A line as it is meant: what was folded is one again, with the number its first piece has in the file. */
interface Line {
  readonly line: number
  readonly text: string
}
export interface WrongLine {
  readonly line: number
  readonly says: string
}

export function linesOf(text: string): readonly Line[] {
  const lines: { readonly line: number; readonly pieces: string[] }[] = []
  text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).forEach((piece, place) => {
    const last = lines.at(-1)
    if (/^[ \t]/.test(piece) && last) last.pieces.push(piece.slice(1))
    else if (piece !== '') lines.push({ line: place + 1, pieces: [piece] })
  })
  return lines.map(({ line, pieces }) => ({ line, text: pieces.join('') }))
}

/** A name, perhaps with what qualifies it, a colon, a value. */
const LINE = /^([A-Za-z0-9-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/s
const TIMES: readonly string[] = ['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE', 'FREEBUSY']

/** The first line that is not what a calendar has there. Its number is said and never its words: they are somebody's own. */
export function wrongLine(lines: readonly Line[]): WrongLine | undefined {
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[0]?.text ?? '')) return { line: lines[0]?.line ?? 1, says: 'This is not a calendar file: it does not begin as one.' }
  const open: { readonly name: string; readonly line: number; started: boolean }[] = []
  for (const { line, text } of lines) {
    const [, named = '', , value = ''] = LINE.exec(text) ?? []
    const name = named.toUpperCase()
    const inside = open.at(-1)
    if (name === '') return { line, says: 'A name with a colon was expected here.' }
    if (name === 'BEGIN') open.push({ name: value.trim().toUpperCase(), line, started: false })
    else if (!inside) return { line, says: 'This stands outside of the calendar.' }
    else if (name === 'END') {
      if (inside.name !== value.trim().toUpperCase()) return { line, says: 'This ends what was not begun.' }
      if (inside.name === 'VEVENT' && !inside.started) return { line: inside.line, says: 'This event does not say when it starts.' }
      open.pop()
    } else if (inside.name === 'VEVENT' || inside.name === 'VFREEBUSY') {
      const says = name === 'RRULE' ? wrongRule(value) : TIMES.includes(name) && !value.split(',').every(isTime) ? 'This is not a day or a time.' : undefined
      if (says) return { line, says }
      if (name === 'DTSTART') inside.started = true
    }
  }
  const unended = open.at(-1)
  return unended && { line: unended.line, says: 'What begins here does not end: the file is cut off.' }
}

/** `20260305`, `20260305T180000Z`, or such a time with what comes of a period after it. */
function isTime(value: string): boolean {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = /^\s*(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?(?:\/.+)?\s*$/.exec(value) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60
}

function wrongRule(value: string): string | undefined {
  try {
    ICAL.Recur.fromString(value)
    return undefined
  } catch {
    return 'This rule of repetition cannot be read.'
  }
}
