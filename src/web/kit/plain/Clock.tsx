/** Hours and minutes as a clock shows them: 47 minutes is 0:47, and -5 is -0:05. */
export function hoursAndMinutes(minutes: number): string {
  const whole = Math.floor(Math.abs(minutes))
  return `${minutes < 0 ? '-' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** The same for those who listen. */
function saidMinutes(minutes: number): string {
  const whole = Math.floor(Math.abs(minutes))
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  return [hours > 0 && `${hours} ${hours === 1 ? 'hour' : 'hours'}`, (rest > 0 || hours === 0) && `${rest} ${rest === 1 ? 'minute' : 'minutes'}`].filter(Boolean).join(' ')
}

export interface ClockProps {
  /** Whole minutes since (or, negative, until) the moment; the screen's one clock counts them. */
  readonly minutes: number | null
  /** What they are counted from: "since dose". */
  readonly label: string
  readonly overdue?: boolean | undefined
}

/** Minutes since something. It stands still between minutes and never announces itself. */
export const Clock = ({ minutes, label, overdue = false }: ClockProps) => (
  <span className="k-clock" data-overdue={overdue || undefined}>
    <span className="k-clock__time" aria-hidden="true">{minutes === null ? '–:––' : hoursAndMinutes(minutes)}</span>
    <span className="soft" aria-hidden="true">{label}</span>
    <span className="heard">{minutes === null ? `not started: ${label}` : `${saidMinutes(minutes)} ${label}`}{overdue ? ', overdue' : ''}</span>
  </span>
)
