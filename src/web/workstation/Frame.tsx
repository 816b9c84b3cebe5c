import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { roleNames } from '../../core/access/roles.ts'
import { Brand, Button, Page } from '../kit/index.ts'
import { CalledNow } from './CalledNow.tsx'
import { isOne, useMe, useSignOut } from './me.ts'
import { Unsent } from './Unsent.tsx'

interface FrameProps {
  readonly children: ReactNode
  readonly title: string
  readonly beside?: ReactNode
  readonly besideLabel?: string
  readonly width?: 'full' | 'reading'
  /** The chart that this screen shows: how it is kept, it says itself. */
  readonly chart?: string
}

/** Every screen of the workstation but the session room: the practice's name, where one may go, and who is signed in. */
export function Frame({ title, children, chart, ...page }: FrameProps) {
  const me = useMe()
  const signOut = useSignOut()
  return (
    <Page
      brand={<Brand href="/work">{me?.practice.name ?? 'OpenKAP'}</Brand>}
      nav={<>
        <Link to="/work" activeOptions={{ exact: true }}>My list</Link>
        {isOne(me, 'coordinator', 'owner') && <Link to="/work/inquiries">Inquiries</Link>}
        <Link to="/work/calendar">Calendar</Link>
        {isOne(me, 'coordinator', 'owner', 'therapist') && <Link to="/work/groups">Groups</Link>}
        {isOne(me, 'coordinator', 'owner') && <Link to="/work/practice">Practice</Link>}
        {isOne(me, 'therapist', 'prescriber', 'monitor', 'medical-director', 'owner') && <Link to="/work/practice/medicines">Medicines</Link>}
        {isOne(me, 'owner', 'medical-director') && <Link to="/work/outcomes">Outcomes</Link>}
        <Link to="/work/rulebook">Rulebook</Link>
        {isOne(me, 'therapist', 'prescriber', 'monitor', 'medical-director') && <Link to="/work/drill">Drill</Link>}
        {me?.practice.sample && <Link to="/work/outbox">Mail (sample)</Link>}
      </>}
      end={me && <><Link to="/work/my-devices" className="k-header__me">{me.name} <small className="soft">{me.roles.map((role) => roleNames[role]).join(', ')}</small></Link><Button kind="quiet" onClick={() => void signOut()}>Sign out</Button></>}
      {...page}
    >
      <title>{`${title} · OpenKAP`}</title>
      <CalledNow on={me !== undefined} />
      <Unsent person={me?.person} beside={chart} />
      {children}
    </Page>
  )
}
