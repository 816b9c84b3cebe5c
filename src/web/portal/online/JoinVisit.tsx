import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { joining } from '../../../core/online/join.ts'
import { sitsInOf } from '../../../core/online/sits-in.ts'
import { whereaboutsOf } from '../../../core/online/whereabouts.ts'
import { plusMinutes } from '../../../core/shared/time.ts'
import { inState, whereChoices, type Whereabouts } from '../../../core/shared/us-states.ts'
import { Button, ButtonLink, DataPairs, Notice, RadioTiles, Select, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import type { ScreenProps } from '../screen.ts'
import { clockTime, dayOf, when } from '../times.ts'
import { CouldNotAsk, Waiting, WaitingPage } from '../Trouble.tsx'
import { peopleOf, visitName, visitsOf } from '../visits.ts'

/** A visit online: on its day she says where she is, and then joins. The button is always there, and loud only about the hour. */
export function JoinVisit({ id }: ScreenProps) {
  const { used, course, zone, now } = usePatient()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  if (!visit && !used.ready) return <Frame title="Visit online"><WaitingPage /></Frame>
  if (!visit?.online) return <Frame title="Visit online"><h1>There is no such visit online</h1><p>It may have been moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  return (
    <Frame title="Visit online">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>{visitName(visit)}, online</h1><p>{when(visit.startsAt, now, zone)}, with {peopleOf(visit)}.</p></div>
        <OnTheDay visit={visit} />
      </Stack>
    </Frame>
  )
}

function OnTheDay({ visit }: { readonly visit: BookedVisit }) {
  const { used, zone, now } = usePatient()
  const [again, setAgain] = useState(false)
  const [justSaid, setJustSaid] = useState(false)
  const said = whereaboutsOf(used.chart, visit, zone)
  if (dayOf(now, zone) !== dayOf(visit.startsAt, zone)) return <><p>On the day we ask where you are, so that help would find you, and then you join here.</p><Join visit={visit} /></>
  if (!said || again) return <><Where key={said?.id ?? ''} visit={visit} onSaid={() => { setAgain(false); setJustSaid(true) }} /><Join visit={visit} unsaid={!said} /></>
  const { state, place, phone, company } = said.body
  return (
    <>
      <Join visit={visit} saidBy={said.id} first={justSaid} />
      <section className="k-stack k-stack--tight" aria-labelledby="where">
        <h2 id="where">Where you are</h2>
        <DataPairs wide pairs={[['State', inState(state).replace(/^in /, '').replace(/^./, (first) => first.toUpperCase())], ['Place', place], ['Phone', phone], ['Alone', company === 'alone' ? 'Yes' : 'No, somebody is near']]} />
        <SavedLine entry={said.id} saved={`Your clinician has it, as of ${clockTime(said.at, zone)}.`} />
        <p><Button onClick={() => setAgain(true)}>I am somewhere else now</Button></p>
      </section>
    </>
  )
}

/** What she reads where a licence may be missing comes from the server, which knows the licences; the address does too, and is the newest. */
function Join({ visit, saidBy = '', unsaid = false, first = false }: { readonly visit: BookedVisit; readonly saidBy?: string; readonly unsaid?: boolean; readonly first?: boolean }) {
  const place = useRef<HTMLElement>(null)
  const { chartId, used, practice, zone, now } = usePatient()
  const asked = useAsked(`join ${visit.visit}`, () => call('joinVisit', { params: { chart: chartId, visit: visit.visit } }), `${saidBy} ${used.kept(saidBy)} ${used.connection} ${now.slice(0, 16)}`)
  const here = asked.value !== undefined
  // The form is gone, and with it the place where the eye and the reading voice were.
  useEffect(() => { if (first && here) place.current?.focus() }, [first, here])
  if (!asked.value) return asked.failure === undefined ? <Waiting /> : <CouldNotAsk failure={asked.failure} again={asked.again} kept={`Your visit stands.${practice.phone ? ` Without a connection, call ${practice.phone}.` : ''}`} />
  const { address, joinFromMinBefore, waits } = asked.value
  const state = joining(visit, joinFromMinBefore, now)
  if (state === 'over') return <p>This visit is over.</p>
  return (
    <section ref={place} tabIndex={-1} className="k-stack k-stack--tight" aria-label="Join">
      {waits && <Notice what="Thank you for saying where you are." kept={waits} />}
      {address
        ? <ButtonLink kind={state === 'now' && !unsaid ? 'primary' : 'quiet'} size="room" wide href={address} target="_blank" rel="noreferrer noopener">{unsaid ? 'Join without saying where I am' : 'Join the visit'}</ButtonLink>
        : <p>Where to join is not entered yet. {practice.phone ? `Call ${practice.phone} if it is not here in time.` : 'Ask us if it is not here in time.'}</p>}
      {state === 'before' && <p className="soft">It opens about {clockTime(plusMinutes(visit.startsAt, -joinFromMinBefore), zone)}.</p>}
      {practice.phone && <p className="soft">If the picture fails, stay by your phone: we call you. Our number is {practice.phone}.</p>}
    </section>
  )
}

interface Draft { readonly state: Whereabouts | null; readonly place: string; readonly phone: string; readonly company: 'alone' | 'not-alone' | null }

function Where({ visit, onSaid }: { readonly visit: BookedVisit; readonly onSaid: () => void }) {
  const { me, used, zone } = usePatient()
  const before = whereaboutsOf(used.chart, visit, zone)?.body
  const [draft, setDraft, clear] = useDraft<Draft>(`${me.person} where ${visit.visit}`, { state: before?.state ?? sitsInOf(used.chart)?.body.state ?? null, place: before?.place ?? '', phone: before?.phone ?? used.chart.latest('demographics.v1')?.body.phone ?? '', company: null })
  const [told, setTold] = useState(false)
  const [failed, setFailed] = useState(false)
  const change = (some: Partial<Draft>) => setDraft((now) => ({ ...now, ...some }))
  const problems = {
    state: draft.state ? undefined : 'Choose the state you are in.', place: draft.place.trim().length >= 3 ? undefined : 'Write street, number and town, or what leads to you.',
    phone: draft.phone.replaceAll(/\D/g, '').length >= 7 ? undefined : 'Write a phone number with its area code.', company: draft.company ? undefined : 'Say whether you are alone.',
  }
  const wrong = (field: keyof typeof problems) => (told ? problems[field] : undefined)
  async function save(event: FormEvent) {
    event.preventDefault()
    setTold(true)
    const { state, company } = draft
    if (!state || !company || Object.values(problems).some(Boolean)) return
    await used.write('whereabouts.v1', { visit: visit.visit, startsAt: visit.startsAt, state, place: draft.place.trim(), phone: draft.phone.trim(), company, via: 'portal' }).then(() => { clear(); onSaid() }, () => setFailed(true))
  }
  return (
    <form noValidate onSubmit={(event) => void save(event)} aria-labelledby="where-now">
      <Stack>
        <h2 id="where-now">Where are you right now?</h2>
        <p>We ask each time: so that help would find you, and because your clinician needs a licence for the place where you are.</p>
        <Select label="State" choices={whereChoices} value={draft.state} problem={wrong('state')} onChange={(state) => change({ state })} />
        <TextField label="Street and number, and the town" hint="Or what would lead help to you." autoComplete="street-address" maxLength={300} value={draft.place} problem={wrong('place')} onChange={(place) => change({ place })} />
        <TextField label="Phone, if the picture fails" type="tel" autoComplete="tel" maxLength={40} value={draft.phone} problem={wrong('phone')} onChange={(phone) => change({ phone })} />
        <RadioTiles label="Are you alone, where nobody can hear you?" tile="8rem" choices={[{ value: 'alone', label: 'Yes' }, { value: 'not-alone', label: 'No, somebody is near' }]} value={draft.company} problem={wrong('company')} onChange={(company) => change({ company })} />
        {failed && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Try again, or say it aloud at the beginning of the visit." />}
        <Button kind="primary" size="room" wide type="submit">Say where I am</Button>
      </Stack>
    </form>
  )
}
