import type { TimeOff } from '../../core/scheduling/time-off.ts'
import { workNoteWords as words } from '../../knowledge/time-off.ts'
import { paper, type Printed } from './paper.ts'

export interface WorkNote {
  readonly patient: string
  readonly from: { readonly name: string; readonly phone: string }
  readonly sample: boolean
  /** The practice's day. */
  readonly issuedOn: string
  /** The same in words. */
  readonly issued: string
  readonly days: readonly TimeOff[]
  /** Whether it says until when they may not drive. */
  readonly driving: boolean
  readonly day: (at: string) => string
  readonly clock: (at: string) => string
}

/** A note for an employer or a school: when somebody is away, and nothing from which a stranger could guess why. Neither does the file say what program made it. */
export function workNotePdf({ patient, from, sample, issuedOn, issued, days, driving, day, clock }: WorkNote): Promise<Printed> {
  const page = paper(words.title, issuedOn, { madeBy: from.name })
  const until = driving && days.some(({ noDrivingUntil }) => noDrivingUntil)
  page.heading(1, words.title)
  page.pairs([['From', from.name], ['Telephone', from.phone], ['Date', issued]])
  if (sample) page.paragraph('A demonstration with invented people. Not to be used.', true)
  page.gap()
  page.paragraph(words.opening)
  page.pairs([['Name', patient]])
  page.gap()
  page.table(
    [{ title: 'Day', share: until ? 36 : 50 }, { title: 'Away', share: until ? 28 : 50 }, ...(until ? [{ title: 'No driving until', share: 36 }] : [])],
    days.map(({ startsAt, endsAt, wholeDay, noDrivingUntil }) => [day(startsAt), wholeDay ? 'the whole day' : `${clock(startsAt)} to ${clock(endsAt)}`, ...(until ? [noDrivingUntil ? `${day(noDrivingUntil)}, ${clock(noDrivingUntil)}` : ''] : [])]),
  )
  if (until) page.paragraph(words.driving)
  page.paragraph(words.closing)
  page.paragraph(words.made)
  return page.finish()
}
