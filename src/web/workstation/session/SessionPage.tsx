import { useParams } from '@tanstack/react-router'
import { SessionRoom } from './SessionRoom.tsx'
import { BackToChart, WithDevice } from './WithDevice.tsx'

export function SessionPage() {
  const { chart = '', session = '' } = useParams({ strict: false }) as { chart?: string; session?: string }
  return <WithDevice><SessionRoom chart={chart} session={session} back={<BackToChart chart={chart} />} /></WithDevice>
}
