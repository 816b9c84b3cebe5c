import { useNavigate, useParams } from '@tanstack/react-router'
import { SessionRoom } from './SessionRoom.tsx'
import { HoldStock } from './stock-held.tsx'
import { BackToChart, WithDevice } from './WithDevice.tsx'

export function SessionPage() {
  const { chart = '', session = '' } = useParams({ strict: false }) as { chart?: string; session?: string }
  const navigate = useNavigate()
  return <WithDevice><HoldStock /><SessionRoom chart={chart} session={session} back={<BackToChart chart={chart} />} onGo={(chart, session) => void navigate({ to: '/work/charts/$chart/session/$session', params: { chart, session } })} /></WithDevice>
}
