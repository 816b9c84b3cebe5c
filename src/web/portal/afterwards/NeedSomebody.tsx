import type { Kept } from '../../sync/chart-copy.ts'
import { ButtonLink } from '../../kit/index.ts'
import { namesOf, usePatient } from '../patient.tsx'
import { telOf } from '../safety/Help.tsx'
import { Ways } from '../safety/Ways.tsx'

/** In the moment in which somebody says that they need a person: who answers now, who is told, and what nobody watches. */
export function NeedSomebody({ sent }: { readonly sent: Kept | null }) {
  const patient = usePatient()
  const { practice } = patient
  const names = [...new Set(namesOf(patient, 'therapist', 'prescriber'))]
  const who = names.length > 0 ? names.join(' and ') : 'the practice'
  return (
    <section className="p-help" role="alert" aria-labelledby="somebody">
      <h2 id="somebody">Somebody answers now</h2>
      <Ways />
      <ButtonLink href="/my/safety-plan">Open my safety plan</ButtonLink>
      {sent === null && <p>When you save this, {who} {names.length > 1 ? 'are' : 'is'} told to call you, in the practice’s hours{practice.hours && ` (${practice.hours})`}.{practice.phone && <> You can call now: <a href={telOf(practice.phone)}>{practice.phone}</a>.</>}</p>}
      {sent === 'saved' && <p>It has reached the practice. {who} {names.length > 1 ? 'are' : 'is'} told to call you{practice.hours && `, in its hours (${practice.hours})`}. At night nobody there sees it: then call or text 988.</p>}
      {sent !== null && sent !== 'saved' && <p><strong>It is only on this device so far, and nobody at the practice knows of it yet.</strong> It goes out by itself when the connection is back. Do not wait for that: call.</p>}
    </section>
  )
}
