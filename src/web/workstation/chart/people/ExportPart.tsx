import { Disclosure } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { AuditList } from '../../audit/AuditList.tsx'
import { useOpenChart } from '../open-chart.ts'
import { ActButton, useAct } from '../parts/act.tsx'
import { Part } from '../parts/Room.tsx'

const FORMS = [['html', 'To read and print', 'html'], ['fhir', 'For another system (FHIR)', 'ndjson'], ['ndjson', 'Every entry, as stored', 'ndjson']] as const

/** The chart as it leaves this house, for those who may take it; and who looked at it, for those who may know. */
export function ExportPart() {
  const { may, chartId } = useOpenChart()
  if (!may('chart.export') && !may('access.read')) return null
  return (
    <>
      {may('chart.export') && <Part title="Take the chart along"><p className="soft">Every download is written down. Private notes and the patient’s private journal are never in it.</p><div className="k-buttons">{FORMS.map(([as, label, ending]) => <Download key={as} as={as} label={label} ending={ending} />)}</div></Part>}
      {may('access.read') && <Disclosure summary="Who looked at this chart"><AuditList chart={chartId} /></Disclosure>}
    </>
  )
}

function Download({ as, label, ending }: { readonly as: 'html' | 'fhir' | 'ndjson'; readonly label: string; readonly ending: string }) {
  const { chartId } = useOpenChart()
  const act = useAct()
  const fetchIt = async () => {
    const answer: unknown = await call('export', { params: { chart: chartId }, query: { as } }, { timeoutMs: 60_000 })
    const blob = answer instanceof Blob ? answer : new Blob([JSON.stringify(answer)], { type: 'application/json' })
    const address = URL.createObjectURL(blob)
    const link = Object.assign(document.createElement('a'), { href: address, download: `chart.${ending}` })
    link.click()
    URL.revokeObjectURL(address)
  }
  return <ActButton act={act} kind="quiet" onAct={fetchIt} said="Downloaded.">{label}</ActButton>
}
