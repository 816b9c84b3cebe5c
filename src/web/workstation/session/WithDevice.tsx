import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Brand, Notice, Page } from '../../kit/index.ts'
import { OnDevice } from '../../sync/index.ts'
import { judgeBody } from '../../sync/judge-body.ts'

/** Opens what this device keeps for the person signed in; the rooms below need nothing else to run without the network. */
export function WithDevice({ children }: { readonly children: ReactNode }) {
  const page = (what: string, next: ReactNode) => <Page brand={<Brand href="/work">OpenKAP</Brand>} width="reading"><Notice level="call" what={what} kept="What was written on this device is kept." next={next} /></Page>
  const back = typeof location === 'undefined' ? '' : `?back=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <OnDevice judge={judgeBody} signedOut={page('You are not signed in.', <a href={`/sign-in${back}`}>Sign in</a>)} away={page('There is no connection, and nobody was signed in on this device.', 'It opens once the connection is back.')}>
      {children}
    </OnDevice>
  )
}

export const BackToChart = ({ chart }: { readonly chart: string }) => <Link to="/work/charts/$chart" params={{ chart }}>Back to the chart</Link>
