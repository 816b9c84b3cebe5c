import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { StartSession } from './StartSession.tsx'
import { BackToChart, WithDevice } from './WithDevice.tsx'

export function StartPage() {
  const { chart = '' } = useParams({ strict: false }) as { chart?: string }
  const { visit } = useSearch({ strict: false }) as { visit?: string }
  const navigate = useNavigate()
  return <WithDevice><StartSession chart={chart} visit={visit} back={<BackToChart chart={chart} />} onRoom={(session) => void navigate({ to: '/work/charts/$chart/session/$session', params: { chart, session } })} /></WithDevice>
}
