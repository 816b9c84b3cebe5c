import { lazy, Suspense, useEffect, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react'
import { ButtonLink } from '../kit/plain/Button.tsx'
import { Notice } from '../kit/plain/Notice.tsx'
import { Brand, Page } from '../kit/plain/Page.tsx'
import { OnDevice, useDevice, useDeviceState } from '../sync/index.ts'
import { Home } from './home/Home.tsx'
import { PatientPlace } from './patient.tsx'
import { usePath } from './router.ts'
import type { ScreenProps } from './screen.ts'
import { Help } from './safety/Help.tsx'
import { useKeptPlan } from './safety/kept-plan.ts'
import { KeptSafetyPlan } from './safety/KeptSafetyPlan.tsx'
import { Always, Boundary, Waiting } from './Trouble.tsx'

type Screen = ComponentType<ScreenProps> | LazyExoticComponent<ComponentType<ScreenProps>>

const later = <Name extends string>(load: () => Promise<Readonly<Record<Name, ComponentType<ScreenProps>>>>, name: Name): Screen => lazy(async () => ({ default: (await load())[name] }))

/**
 * Each screen is its own file and is loaded when it is opened; only the first one comes with the page. What comes with
 * the page takes its parts of the kit file by file, because the kit's index would bring all of them along.
 */
const screens: Readonly<Record<string, Screen>> = {
  '/my': Home,
  '/my/journal': later(() => import('./journal/Journal.tsx'), 'Journal'),
  '/my/plan': later(() => import('./plan/Plan.tsx'), 'Plan'),
  '/my/move/:id': later(() => import('./plan/MoveVisit.tsx'), 'MoveVisit'),
  '/my/online/:id': later(() => import('./online/JoinVisit.tsx'), 'JoinVisit'),
  '/my/sooner/:id': later(() => import('./plan/ComeSooner.tsx'), 'ComeSooner'),
  '/my/cancel/:id': later(() => import('./plan/CancelVisit.tsx'), 'CancelVisit'),
  '/my/time-off': later(() => import('./plan/TimeOffPage.tsx'), 'TimeOffPage'),
  '/my/calendar': later(() => import('./plan/MyCalendar.tsx'), 'MyCalendar'),
  '/my/messages': later(() => import('./messages/Messages.tsx'), 'Messages'),
  '/my/questionnaires': later(() => import('./questions/QuestionnaireList.tsx'), 'QuestionnaireList'),
  '/my/questionnaires/:id': later(() => import('./questions/Questionnaire.tsx'), 'Questionnaire'),
  '/my/consents': later(() => import('./consents/ConsentList.tsx'), 'ConsentList'),
  '/my/consents/:id': later(() => import('./consents/Consent.tsx'), 'Consent'),
  '/my/safety-plan': later(() => import('./safety/SafetyPlan.tsx'), 'SafetyPlan'),
  '/my/safety-plan/edit': later(() => import('./safety/SafetyPlanForm.tsx'), 'SafetyPlanForm'),
  '/my/intention': later(() => import('./preparing/Intention.tsx'), 'Intention'),
  '/my/agreements': later(() => import('./preparing/Agreements.tsx'), 'Agreements'),
  '/my/ride/:id': later(() => import('./preparing/Ride.tsx'), 'Ride'),
  '/my/checks/:id': later(() => import('./preparing/Checks.tsx'), 'Checks'),
  '/my/after': later(() => import('./afterwards/Afterwards.tsx'), 'Afterwards'),
  '/my/day/:id': later(() => import('./preparing/SessionDay.tsx'), 'SessionDay'),
  '/my/money': later(() => import('./papers/Money.tsx'), 'MoneyPage'),
  '/my/record': later(() => import('./papers/Record.tsx'), 'RecordPage'),
  '/my/devices': later(() => import('./papers/Devices.tsx'), 'Devices'),
  '/my/curve': later(() => import('./curve/MyCurve.tsx'), 'MyCurve'),
}
const LockScreen = later(() => import('./LockScreen.tsx'), 'LockScreen')
const SignIn = later(() => import('./sign-in/SignIn.tsx'), 'SignIn')

/** Two screens come with the page and open for anybody, at any hour, with or without a connection: the crisis lines, and the plan kept on this device. */
export function App() {
  const path = usePath()
  return (
    <Boundary path={path}>
      <Suspense fallback={<Blank>One moment …</Blank>}>
        {path === '/my/sign-in' ? <SignIn id="" /> : path === '/my/help' ? <Help /> : <SignedIn path={path} />}
      </Suspense>
    </Boundary>
  )
}

function SignedIn({ path }: { readonly path: string }) {
  const kept = useKeptPlan()
  const plan = path === '/my/safety-plan' && kept ? <KeptSafetyPlan /> : undefined
  return (
    <OnDevice opening={plan ?? <Blank>Opening …</Blank>} signedOut={plan ?? <Door />} away={plan ?? <Away />}>
      <Inside path={path} plan={plan} />
    </OnDevice>
  )
}

function Inside({ path, plan }: { readonly path: string; readonly plan: ReactNode }) {
  const device = useDevice()
  const { locked, signedOut, hasPin } = useDeviceState()
  useEffect(() => {
    const touched = () => device.touched()
    addEventListener('pointerdown', touched)
    addEventListener('keydown', touched)
    return () => { removeEventListener('pointerdown', touched); removeEventListener('keydown', touched) }
  }, [device])
  if (signedOut) return plan ?? <Door ended />
  // Without a PIN the lock of the phone is the lock; with one the page asks for it after it was left alone.
  if (locked && hasPin) return plan ?? <LockScreen id="" />
  const { chart, roles, practice } = device.me
  if (!roles.includes('patient')) return <Simple title="This is the patients’ side"><p>You are signed in as somebody who works at {practice.name}.</p><ButtonLink kind="primary" href="/work">Go to your list</ButtonLink></Simple>
  if (!chart) return <Simple title="Nothing is open yet"><p>Your place here opens once {practice.name} has made your chart. You will get an e-mail.</p></Simple>
  return <PatientPlace chartId={chart}><Shown path={path} /></PatientPlace>
}

function Shown({ path }: { readonly path: string }) {
  const [about, id] = [screens[path], path.slice(path.lastIndexOf('/') + 1)]
  const Found = about ?? screens[path.replace(/\/[^/]+$/, '/:id')]
  if (!Found) return <Simple title="There is nothing here"><p>The address may be old.</p><ButtonLink kind="primary" href="/my">Go to the first page</ButtonLink></Simple>
  return <Found key={path} id={id} />
}

function Door({ ended = false }: { readonly ended?: boolean }) {
  return (
    <Simple title={ended ? 'Your sign-in has ended' : 'You are not signed in'}>
      {ended && <p>It ends by itself after a while, so that nobody else reads this. What you wrote is kept on this device and goes out when you are back.</p>}
      <ButtonLink kind="primary" href="/my/sign-in">Ask for a sign-in link</ButtonLink>
    </Simple>
  )
}

const Away = () => (
  <Simple title="No connection">
    <Notice what="Nobody is signed in on this device, and the practice cannot be reached." next="This page opens once the connection is back. The safety plan and the crisis line below work without it." />
  </Simple>
)

const Simple = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Page patient width="reading" brand={<Brand href="/my">My place</Brand>} end={<Always />}>
    <title>{title}</title>
    <div className="k-stack"><h1>{title}</h1>{children}</div>
  </Page>
)

const Blank = ({ children }: { readonly children: string }) => <Page patient width="reading" brand={<Brand href="/my">My place</Brand>} end={<Always />}><Waiting>{children}</Waiting></Page>
