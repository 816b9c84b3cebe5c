import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Button, Notice } from '../../kit/index.ts'
import { OnDevice } from '../../sync/index.ts'
import { judgeBody } from '../../sync/judge-body.ts'
import { Frame } from '../Frame.tsx'
import { ChartScreen } from './ChartScreen.tsx'
import './chart.css'
import type { Place } from './open-chart.ts'

/** The address of a chart; `?step=` says which room is open. */
export function ChartPage() {
  const { chart } = useParams({ strict: false }) as { chart?: string }
  const { step, entry, amends } = useSearch({ strict: false }) as Place
  const navigate = useNavigate()
  const go = useCallback((place: Place) => void navigate({ search: Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)) as never }), [navigate])
  if (!chart) return null
  return (
    <OnDevice judge={judgeBody} opening={<Frame chart={chart} title="Chart" width="reading"><h1>Opening the chart…</h1></Frame>} signedOut={<Door />} away={<Frame title="Chart" width="reading"><h1>No connection</h1><Notice level="caution" what="This device does not know you yet, and the server cannot be reached." kept="Nothing you wrote is lost." next="Try again once there is a connection."><Button onClick={() => window.location.reload()}>Try again</Button></Notice></Frame>}>
      <ChartScreen key={chart} chartId={chart} place={{ step, entry, amends }} go={go} />
    </OnDevice>
  )
}

const Door = () => <Frame title="Chart" width="reading"><h1>You are signed out</h1><Notice what="Your sign-in has ended. What you wrote is kept on this device and goes out once you are back." next={<a href={`/sign-in?back=${encodeURIComponent(window.location.pathname + window.location.search)}`}>Sign in</a>} /></Frame>
