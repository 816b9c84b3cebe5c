/** Times as people say them; the exact one stands beside or one tap away. */
export function ago(at: string, now: string): string {
  const minutes = Math.round((Date.parse(now) - Date.parse(at)) / 60_000)
  if (minutes < 0) return 'in a moment'
  if (minutes < 2) return 'just now'
  if (minutes < 60) return `${minutes} minutes ago`
  const hours = Math.round(minutes / 60)
  if (hours < 36) return hours === 1 ? 'an hour ago' : `${hours} hours ago`
  return `${Math.round(hours / 24)} days ago`
}

/** Making a formatter costs a hundred times what using it does, and a calendar says thousands of times. */
const made = new Map<string, Intl.DateTimeFormat>()
function format(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone ?? ''} ${JSON.stringify(options)}`
  const found = made.get(key) ?? new Intl.DateTimeFormat('en-US', { ...options, ...(zone ? { timeZone: zone } : {}) })
  made.set(key, found)
  return found
}
export const clockTime = (at: string, zone?: string) => format(zone, { hour: 'numeric', minute: '2-digit' }).format(new Date(at))
export const dayName = (at: string, zone?: string) => format(zone, { weekday: 'long', month: 'long', day: 'numeric' }).format(new Date(at))
export const shortDay = (at: string, zone?: string) => format(zone, { weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(at))
export const dayAndTime = (at: string, zone?: string) => `${shortDay(at, zone)}, ${clockTime(at, zone)}`
/** A calendar day without a clock is the same day everywhere. */
export const plainDay = (day: string) => format('UTC', { month: 'long', day: 'numeric', year: 'numeric' }).format(new Date(`${day}T00:00:00Z`))
