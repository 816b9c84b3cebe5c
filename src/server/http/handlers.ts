import type { contract, RouteName } from '../../core/contract/contract.ts'
import { acceptedHandlers } from './accepted.ts'
import { calendarHandlers } from './calendar.ts'
import { changeHandlers } from './changes.ts'
import { fillHandlers } from './fill.ts'
import { cancellationHandlers } from './cancellations.ts'
import { onCallHandlers } from './on-call.ts'
import { onlineHandlers } from './online.ts'
import { ownMoveHandlers } from './own-moves.ts'
import { chartHandlers } from './charts.ts'
import { clearanceHandlers } from './clearance.ts'
import { maintenanceHandlers } from './maintenance.ts'
import { codesHandlers } from './codes.ts'
import { consentHandlers } from './consents.ts'
import { courseHandlers } from './course.ts'
import { downtimeHandlers } from './downtime.ts'
import { editionHandlers } from './editions.ts'
import { exportHandlers } from './export.ts'
import { formHandlers } from './forms.ts'
import { fileHandlers } from './files.ts'
import { guestHandlers } from './guests.ts'
import { groupHandlers } from './groups.ts'
import { groupNoteHandlers } from './group-notes.ts'
import { groupVisitHandlers } from './group-visits.ts'
import { sessionRecordHandlers } from './session-record.ts'
import { workNoteHandlers } from './work-note.ts'
import { firstVisitHandlers } from './first-visits.ts'
import { homeHandlers } from './home.ts'
import { inquiryHandlers } from './inquiries.ts'
import { ledgerHandlers } from './ledger.ts'
import { moneyHandlers } from './money.ts'
import { outcomeHandlers } from './outcomes.ts'
import { registryHandlers } from './registry.ts'
import { ownCalendarHandlers } from './own-calendars.ts'
import { practiceHandlers } from './practice.ts'
import { questionsAskedHandlers } from './questions-asked.ts'
import { reminderHandlers } from './reminders.ts'
import { proposalHandlers } from './proposals.ts'
import { runningHandlers } from './running.ts'
import { quarantineHandlers, quarantineOpenHandlers } from './quarantine.ts'
import { sampleHandlers, sampleOpenHandlers } from './sample-door.ts'
import { sessionHandlers } from './sessions.ts'
import type { Handlers, OpenHandlers } from './shell.ts'
import { signInHandlers, signInOpenHandlers } from './sign-in.ts'
import { jointHandlers } from './joint.ts'
import { therapyHandlers } from './therapy.ts'
import { transcriptionHandlers } from './transcriptions.ts'

export { appendEntries } from './charts.ts'

type Open = { [Name in RouteName]: (typeof contract)[Name]['who'] extends 'anyone' ? Name : never }[RouteName]
type Known = Exclude<RouteName, Open | 'append'>

/** Who answers which route of the contract: a route without an answer does not compile. */
export const openHandlers: OpenHandlers<Open> = { ...signInOpenHandlers, ...sampleOpenHandlers, ...quarantineOpenHandlers }
export const handlers: Handlers<Known> = {
  ...signInHandlers, ...sampleHandlers, ...chartHandlers, ...clearanceHandlers, ...maintenanceHandlers, ...codesHandlers, ...consentHandlers, ...courseHandlers, ...editionHandlers, ...proposalHandlers, ...exportHandlers, ...sessionRecordHandlers, ...workNoteHandlers,
  ...homeHandlers, ...inquiryHandlers, ...firstVisitHandlers, ...moneyHandlers, ...practiceHandlers, ...calendarHandlers, ...acceptedHandlers, ...jointHandlers, ...ownMoveHandlers, ...cancellationHandlers, ...changeHandlers, ...fillHandlers, ...sessionHandlers, ...quarantineHandlers, ...transcriptionHandlers, ...downtimeHandlers, ...runningHandlers, ...ledgerHandlers, ...fileHandlers, ...formHandlers, ...guestHandlers, ...groupHandlers, ...groupNoteHandlers, ...groupVisitHandlers, ...ownCalendarHandlers, ...reminderHandlers, ...questionsAskedHandlers, ...therapyHandlers, ...onlineHandlers, ...onCallHandlers, ...outcomeHandlers, ...registryHandlers,
}
