import { phaseOf, type Protocol } from '../../core/course/protocol.ts'
import { courseWeeks, therapyHours } from './course.ts'

/** The words that stand for a number of the protocol in the sentences of the pages. */
export function slotsOf(protocol: Protocol): Readonly<Record<string, string>> {
  const medicine = phaseOf(protocol, 'medicine')
  const preparation = phaseOf(protocol, 'preparation')
  const call = phaseOf(protocol, 'inquiry-call')
  const [few, most] = medicine?.countRange ?? [medicine?.count ?? 0, medicine?.count ?? 0]
  return {
    minimumAge: String(protocol.minimumAgeYears),
    preparations: `${inWords(preparation?.count ?? 0)} ${preparation?.count === 1 ? 'visit' : 'visits'}`,
    medicines: few === most ? inWords(most) : `${inWords(few)} to ${inWords(most)}`,
    medicineLength: inHours(medicine?.durationMin ?? 0),
    peopleInRoom: inWords(protocol.peopleInRoom),
    perWeek: inWords(protocol.spacing.maxDosesPerSevenDays),
    integrationWithin: `${inWords(protocol.integration.withinDays)} ${protocol.integration.withinDays === 1 ? 'day' : 'days'}`,
    followUps: listed(protocol.followUpDays.map(String)),
    firstVisitWithin: protocol.firstVisitWithinDays === 7 ? 'a week' : `${inWords(protocol.firstVisitWithinDays)} days`,
    callLength: call ? (call.durationRangeMin ? `${call.durationRangeMin.join(' to ')} minutes` : inHours(call.durationMin)) : 'a first talk',
    weeks: inWords(courseWeeks(protocol).length),
    therapyHours: String(therapyHours(protocol)),
  }
}

/** Puts the words in their places; at the start of a sentence with a capital. A place without a word is a fault of the rows, and shows. */
export const fill = (text: string, slots: Readonly<Record<string, string>>) =>
  text.replaceAll(/\{(\w+)\}/g, (place, name: string, at: number) => {
    const word = slots[name]
    if (word === undefined) return place
    return at === 0 || /[.!?]\s$/.test(text.slice(0, at)) ? word.charAt(0).toUpperCase() + word.slice(1) : word
  })

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
export const inWords = (count: number) => words[count] ?? String(count)

export function inHours(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} minutes`
  const whole = hours === 1 ? 'one hour' : `${inWords(hours)} hours`
  return rest === 0 ? whole : rest === 30 ? `${hours === 1 ? 'one and a half' : `${inWords(hours)} and a half`} hours` : `${whole} ${rest} minutes`
}

export const listed = (parts: readonly string[]) => parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
