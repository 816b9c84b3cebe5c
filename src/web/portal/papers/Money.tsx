import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import type { Estimate } from '../../../core/money/estimate.ts'
import { showMoney } from '../../../core/shared/units.ts'
import { Button, EmptyState, Notice, Row, Rows, Stack, Table } from '../../kit/index.ts'
import { call, Refused } from '../../sync/index.ts'
import { useAsked, type Asked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { handOver } from '../plan/ics.ts'
import { fullDay } from '../times.ts'
import { CouldNotAsk, saidOf, Waiting } from '../Trouble.tsx'

/** What the whole course costs, said beforehand, and the bills and papers that came of it. */
export function MoneyPage() {
  const { chartId, used } = usePatient()
  const version = used.chart.entries.length
  const estimate = useAsked(`estimate ${chartId}`, async () => (await call('estimate', { params: { chart: chartId } })).estimate as Estimate)
  const papers = useAsked(`documents ${chartId}`, async () => (await call('documents', { params: { chart: chartId } })).documents, version)
  const bills = useAsked(`bills ${chartId}`, () => call('billable', { params: { chart: chartId } }), version)
  return (
    <Frame title="Costs and bills">
      <Stack air="wide">
        <h1>Costs and bills</h1>
        <EstimateTable asked={estimate} />
        <Bills asked={bills} />
        <Papers asked={papers} />
      </Stack>
    </Frame>
  )
}

function EstimateTable({ asked: { value, failure, again } }: { readonly asked: Asked<Estimate> }) {
  // Nothing is priced before a course was chosen: that is a state, not a failure.
  const notYet = failure instanceof Refused && failure.code === 'bill.incomplete'
  return (
    <section className="k-stack" aria-labelledby="estimate">
      <h2 id="estimate">What the whole course costs</h2>
      {!value && failure === undefined && <Waiting />}
      {notYet && <EmptyState what="The estimate of the whole course will stand here, line by line." begin="It is made once a course has been chosen with you, and before it begins." />}
      {failure !== undefined && !notYet && !value && <CouldNotAsk failure={failure} again={again} />}
      {value && (
        <>
          <Table caption="Estimate of the whole course" captionHeard rowKey={(line) => `${line.visitType} ${line.code}`} rows={value.lines} columns={[
            { key: 'service', head: 'For', cell: (line) => line.service }, { key: 'units', head: 'How many', numeric: true, cell: (line) => `${line.units} × ${showMoney(line.unitCents)}` }, { key: 'sum', head: 'Together', numeric: true, cell: (line) => showMoney(line.chargeCents) },
          ]} />
          <p className="p-sum">Together: {showMoney(value.totalCents)}</p>
          {value.separate.length > 0 && <p>Arranged and billed separately: {value.separate.map(({ service, chargeCents }) => `${service} (${chargeCents === null ? 'price not known here' : showMoney(chargeCents)})`).join(', ')}.</p>}
          <p className="soft">This is an estimate, not a bill. If you are billed {showMoney(value.disputeFromCents)} or more in all, you may dispute it. The written estimate below tells you how.</p>
        </>
      )}
    </section>
  )
}

function Bills({ asked: { value, failure, again } }: { readonly asked: Asked<Response<'billable'>> }) {
  const { zone } = usePatient()
  return (
    <section className="k-stack" aria-labelledby="bills">
      <h2 id="bills">Superbills</h2>
      <p>A superbill is a bill that you can hand in to your insurance yourself. What comes back, only your plan can say.</p>
      {!value && failure === undefined && <Waiting />}
      {!value && failure !== undefined && <CouldNotAsk failure={failure} again={again} />}
      {value && value.issued.length === 0 && <EmptyState what="Your superbills will stand here." begin="The practice issues one after a visit." />}
      {value && value.issued.length > 0 && <Rows label="Superbills">{value.issued.map((bill) => <Row key={bill.number} who={bill.number} where={fullDay(bill.at, zone)} missing={showMoney(bill.totalCents)} act={<Download document={bill.document} title={`Superbill ${bill.number}`} />} />)}</Rows>}
    </section>
  )
}

function Papers({ asked: { value, failure, again } }: { readonly asked: Asked<Response<'documents'>['documents']> }) {
  const { zone } = usePatient()
  const others = value?.filter(({ title }) => !title.startsWith('Superbill'))
  return (
    <section className="k-stack" aria-labelledby="papers">
      <h2 id="papers">Other papers</h2>
      {!others && failure === undefined && <Waiting />}
      {!others && failure !== undefined && <CouldNotAsk failure={failure} again={again} />}
      {others?.length === 0 && <EmptyState what="The written estimate and other papers of yours will stand here." />}
      {others && others.length > 0 && <Rows label="Other papers">{others.map((paper) => <Row key={paper.id} who={paper.title} where={fullDay(paper.at, zone)} act={<Download document={paper.id} title={paper.title} />} />)}</Rows>}
    </section>
  )
}

function Download({ document, title }: { readonly document: string; readonly title: string }) {
  const { chartId } = usePatient()
  const [problem, setProblem] = useState('')
  const [pending, setPending] = useState(false)
  async function download() {
    setPending(true)
    setProblem('')
    try {
      handOver(`${title.replaceAll(/[^\w .-]/g, '')}.pdf`, await call('document', { params: { chart: chartId, document } }) as Blob)
    } catch (failure) {
      setProblem(saidOf(failure))
    }
    setPending(false)
  }
  return <><Button kind="plain" pending={pending} onClick={() => void download()}>Download<span className="heard"> {title}</span></Button>{problem && <Notice urgent level="caution" what={problem} />}</>
}
