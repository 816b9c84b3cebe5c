import { riskPaths } from '../../../knowledge/instruments.ts'
import type { Kept } from '../../sync/chart-copy.ts'
import { ButtonLink } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { namesOf, usePatient } from '../patient.tsx'
import { telOf } from '../safety/Help.tsx'
import { Ways } from '../safety/Ways.tsx'

/** What each role is called by the person it is about. */
const roleWords: Readonly<Record<string, string>> = { therapist: 'your therapist', prescriber: 'your prescriber', coordinator: 'the care coordinator', 'medical-director': 'the medical director', owner: 'the practice' }

/**
 * Shown in the moment in which somebody answers that such thoughts come, and again after sending. The answer is on its
 * way by then: it says who answers now, who is told, and whether anybody there is on call at this hour.
 */
export function HelpPanel({ sent, failed }: { readonly sent: Kept | null; readonly failed: boolean }) {
  const patient = usePatient()
  const { practice } = patient
  const { value: watch } = useAsked('watched', () => call('watched'))
  const path = riskPaths.find(({ opensAt }) => opensAt === 'item')
  // Only people on her team are told, so nobody else is promised.
  const told = [...new Set([path?.owner, ...(path?.tell ?? [])])].flatMap((role) => {
    const names = role ? namesOf(patient, role) : []
    return role && names.length > 0 ? [`${roleWords[role] ?? role} ${names.join(' and ')}`] : []
  })
  const people = told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${told.at(-1)}` : told[0]
  const callWords = path?.clock === 'same-day' ? 'a clinician calls you on the same day, if the practice is open then' : 'a clinician calls you when the practice is open'
  return (
    <section className="p-help" role="alert" aria-labelledby="help-now">
      <h2 id="help-now">You do not have to be alone with this</h2>
      <p>You said that such thoughts come. Thank you for saying it. If it could become dangerous now, or you cannot bear it, these people answer at any hour:</p>
      <Ways />
      <ButtonLink href="/my/safety-plan">Open my safety plan</ButtonLink>
      {sent === null && (failed ? <p><strong>Your answer could not be kept on this device: nobody at the practice knows of it.</strong> Call one of these numbers, and do not wait for the practice.</p> : <p>Your answer is on its way to the practice.</p>)}
      {sent === 'saved' && <p>Your answer has reached the practice. {people ? `${capital(people)} ${told.length > 1 ? 'have' : 'has'} been told, and ${callWords}.` : NOBODY}</p>}
      {sent !== null && sent !== 'saved' && <p><strong>Your answer is only on this device so far: it has not reached the practice, and nobody there knows of it yet.</strong> It goes out by itself when the connection is back. Please do not wait for that.</p>}
      <p>{watch ? watch.says : 'The practice is not watched around the clock. At night and on days off nobody there may see this until they are back.'}{practice.hours && ` The practice is there ${practice.hours}.`} If it cannot wait, call or text 988.{practice.phone && <> The practice’s number is <a href={telOf(practice.phone)}>{practice.phone}</a>.</>}</p>
    </section>
  )
}

const NOBODY = 'Nobody is on your care team yet, so nobody in particular is told of your answer: please call.'
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
