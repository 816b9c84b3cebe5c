import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { estimateSentences, type Estimate, type EstimateLine } from '../../../core/money/estimate.ts'
import { estimateRules, estimateWords } from '../../../knowledge/fees.ts'
import { Button, buttonClass, Money, Notice, Table, type Column } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { paperHref } from './MoneyPage.tsx'
import { Loaded, Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'

/** The whole course in lines and units, its sum, and what the law lets a person do when a bill is far above it. */
export function CourseEstimate({ chart, onGiven }: { readonly chart: string; readonly onGiven: () => Promise<void> }) {
  const query = useQuery({ queryKey: ['estimate', chart], queryFn: () => call('estimate', { params: { chart } }) })
  return (
    <Section id="estimate" title="Estimate of the whole course">
      <Loaded query={query} what="the estimate">{({ estimate }) => <Lines estimate={estimate as Estimate} chart={chart} onGiven={onGiven} />}</Loaded>
    </Section>
  )
}

/** On a phone the charge must not lie outside the screen: what makes it up is said under the service. */
const NARROW_PX = 700

const Code = ({ code }: { readonly code: string }) => (code ? <span className="numbers small soft d-code">{code}</span> : null)
const service: Column<EstimateLine> = { key: 'service', head: 'Service', cell: (line) => <>{line.service} <Code code={line.code} /></> }
const charge: Column<EstimateLine> = { key: 'charge', head: 'Charge', numeric: true, cell: ({ chargeCents }) => <Money cents={chargeCents} /> }
const wide: readonly Column<EstimateLine>[] = [
  service,
  { key: 'visits', head: 'Visits', numeric: true, cell: ({ visits }) => visits },
  { key: 'units', head: 'Units', numeric: true, cell: ({ units }) => units },
  { key: 'unit', head: 'Each', numeric: true, cell: ({ unitCents }) => <Money cents={unitCents} /> },
  charge,
]
const narrow: readonly Column<EstimateLine>[] = [
  { ...service, cell: (line) => <>{line.service}<span className="d-madeof soft small">{line.code}<br />{line.visits} {line.visits === 1 ? 'visit' : 'visits'}, {line.units} × <Money cents={line.unitCents} /></span></> },
  charge,
]

function Lines({ estimate, chart, onGiven }: { readonly estimate: Estimate; readonly chart: string; readonly onGiven: () => Promise<void> }) {
  const sentences = estimateSentences(estimate, estimateWords.sentences, estimateRules)
  return (
    <>
      <Table caption="What the course is expected to need" captionHeard rows={estimate.lines} rowKey={({ visitType, code }) => `${visitType} ${code}`} columns={globalThis.innerWidth < NARROW_PX ? narrow : wide} />
      <p className="d-total"><span>Total</span> <strong><Money cents={estimate.totalCents} /></strong></p>
      {estimate.separate.length > 0 && (
        <Table
          caption="Arranged separately, not in the total" rows={estimate.separate} rowKey={({ visitType, code }) => `${visitType} ${code}`}
          columns={[
            { key: 'service', head: 'Service', cell: ({ service }) => service },
            { key: 'code', head: 'Code', cell: ({ code }) => (code ? <span className="numbers">{code}</span> : '') },
            { key: 'units', head: 'Units', numeric: true, cell: ({ units }) => units },
            { key: 'charge', head: 'Charge', numeric: true, cell: ({ chargeCents }) => (chargeCents === null ? 'billed by others, not known here' : <Money cents={chargeCents} />) },
          ]}
        />
      )}
      <GiveEstimate chart={chart} onGiven={onGiven} />
      <section aria-label="What stands under the figures"><ul className="d-points">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></section>
    </>
  )
}

function GiveEstimate({ chart, onGiven }: { readonly chart: string; readonly onGiven: () => Promise<void> }) {
  const [document, setDocument] = useState<string>()
  const { pending, refusal, actAs } = useAct()
  const give = () => {
    void actAs((me) => sendAct([me.person, chart, 'estimate'], (id) => call('giveEstimate', { params: { chart }, body: { id, device: me.device } }, { timeoutMs: 30_000 }))).then(async (given) => {
      if (!given) return
      setDocument(given.document)
      await onGiven()
    })
  }
  return (
    <>
      {document && <Notice urgent what="The estimate is given: it is in the chart and on the patient’s own page."><a className={buttonClass('quiet')} href={paperHref(chart, document)} download>Open the estimate (PDF)</a></Notice>}
      <Refused refusal={refusal} />
      <Button kind={document ? 'quiet' : 'primary'} pending={pending} onClick={give}>{document ? 'Give it again' : 'Give the estimate as PDF'}</Button>
    </>
  )
}
