import { useEffect, type ReactNode } from 'react'
import { Button } from '../kit/plain/Button.tsx'
import { Notice, StatusLine } from '../kit/plain/Notice.tsx'
import { Brand, Page } from '../kit/plain/Page.tsx'
import type { Act } from '../sync/device-store.ts'
import { notKept, useBackAgain, useDevice, useDeviceState, useShutActs } from '../sync/index.ts'
import { usePatient } from './patient.tsx'
import { hasMoved, usePath } from './router.ts'
import { saysShut } from './says-shut.ts'
import { dayWords, clockTime } from './times.ts'
import { Always } from './Trouble.tsx'

interface FrameProps {
  readonly title: string
  readonly children: ReactNode
}

const words = [['/my/journal', 'Journal'], ['/my/plan', 'Plan'], ['/my/messages', 'Messages']] as const

/** Every screen of a person signed in: the way home, three words, and how what she wrote stands. */
export function Frame({ title, children }: FrameProps) {
  const { me } = usePatient()
  const path = usePath()
  useEffect(() => { if (hasMoved()) document.getElementById('main')?.focus({ preventScroll: true }) }, [])
  return (
    <Page
      patient width="reading" brand={<Brand href="/my">{me.practice.name}</Brand>}
      nav={words.map(([to, word]) => <a key={to} href={to} aria-current={path.startsWith(to) ? 'page' : undefined}>{word}</a>)}
      end={<Always />}
      footer={<Foot />}
    >
      <title>{`${title} · ${me.practice.name}`}</title>
      <HowItStands />
      {children}
    </Page>
  )
}

const Foot = () => (
  <p>In danger, or thinking of ending your life: <a href="tel:988">call 988</a>, <a href="sms:988">text 988</a> or <a href="tel:911">call 911</a>. They answer at any hour; this page is not watched at night.</p>
)

/** Says nothing while all is well: what waits, what was refused, and that the connection is gone. */
function HowItStands() {
  const device = useDevice()
  const { waiting, problems } = useDeviceState()
  const back = useBackAgain()
  const { me, chartId, used, zone, now, practice } = usePatient()
  const shut = useShutActs(me.person, chartId)
  const refused = device.acts().filter(({ problem }) => problem)
  return (
    <div className="p-stands">
      {used.connection === 'away' && used.ready && <StatusLine waiting={waiting > 0}>
        No connection.{used.lastHeardAt && ` What you see here is from ${dayWords(used.lastHeardAt, now, zone).replace(/^on /, '')}, ${clockTime(used.lastHeardAt, zone)}.`}{waiting > 0 && ' What you wrote is saved here and goes out by itself when the connection is back.'}
      </StatusLine>}
      {used.connection === 'live' && waiting > 0 && <StatusLine waiting>Saved here · on its way</StatusLine>}
      {!device.durable && <StatusLine>{notKept().why} What you write is gone if you close the page before it is sent. {notKept().next}</StatusLine>}
      {back && <Notice level="caution" {...back.says}><Button onClick={back.understood}>Understood</Button></Notice>}
      {shut.length > 0 && <Notice level="caution" {...saysShut(shut, zone, practice.phone)} />}
      {problems > 0 && refused.map((act) => <RefusedAct key={act.id} act={act} />)}
    </div>
  )
}

/** Something the server would not take. It stays until the person has decided. */
function RefusedAct({ act }: { readonly act: Act }) {
  const device = useDevice()
  return (
    <Notice level="caution" what={act.problem?.say ?? 'Something you wrote was not taken.'} kept={[...(act.problem?.list ?? []).map(({ says }) => says), 'It is still kept on this device.'].join(' ')}>
      <Button onClick={() => void device.retry(act.id)}>Send it again</Button>
      <Button kind="plain" onClick={() => void device.withdraw(act.id)}>Discard it</Button>
    </Notice>
  )
}
