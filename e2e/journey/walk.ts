import { inquire } from './1-inquiry.ts'
import { call } from './2-call.ts'
import { intake } from './3-intake.ts'
import { clearance } from './4-clearance.ts'
import { consent, safetyPlan } from './5-consent.ts'
import { planAndBook } from './6-plan.ts'
import { morning, order, preparation } from './7-before.ts'
import { session } from './7-session.ts'
import { enough, followUp, integration, journal } from './8-afterwards.ts'
import { estimate, owner, superbill } from './9-money.ts'
import { audit, nothingDoubled, privateStaysPrivate } from './10-held-against.ts'
import type { Story } from './story.ts'

/** The nine steps in the order in which they happen, which is not that of their numbers. */
export const walk: readonly (readonly [words: string, step: (story: Story) => Promise<void>])[] = [
  ['1. A stranger reads the public page, checks in private and asks for a call', inquire],
  ['2. The coordinator calls, and the person chooses a therapist and a first time', call],
  ['3. The therapist writes the intake with a coded indication, and refers', intake],
  ['5. The patient signs in by the link of a mail, agrees, answers, and says what for', consent],
  ['4. The prescriber reads the sheet, clears with a condition until a day, and signs with the code', clearance],
  ['5. Safety plan and agreements, made together with the therapist', safetyPlan],
  ['9. The estimate, before the course', estimate],
  ['6. The course is planned, one of up to three plans is picked and booked whole', planAndBook],
  ['7. The preparation visits are held', preparation],
  ['7. The order is signed', order],
  ['7. The morning of the first session', morning],
  ['7. The first medicine session: two people, two devices, one record', session],
  ['8. The integration, and what is carried into the week', integration],
  ['8. A page of the journal kept, another shared', journal],
  ['8. One session was enough', enough],
  ['8. The follow-up on the protocol’s day, and the curve', followUp],
  ['9. The superbill, after the visit', superbill],
  ['9. What the owner sees', owner],
  ['Afterwards: the audit names all six', audit],
  ['Afterwards: no entry is doubled', nothingDoubled],
  ['Afterwards: what was private stayed so', privateStaysPrivate],
]
