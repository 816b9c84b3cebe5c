import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { BillProblemCode } from '../../../core/money/superbill-problems.ts'
import { Button, buttonClass, EmptyState, Money, Notice, Table } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { useMe } from '../me.ts'
import { shortDay } from '../times.ts'
import { paperHref } from './MoneyPage.tsx'
import { Loaded, Refused, Section, Told } from './parts.tsx'
import { useAct } from './use-act.ts'
import { VisitList } from './VisitList.tsx'
import { byStart, visitDay, visitTitle } from './visits.ts'

type Bills = Response<'billable'>

/** Held visits that wait for a superbill, and those that have one. */
export function Superbills({ chart, onIssued }: { readonly chart: string; readonly onIssued: () => Promise<void> }) {
  const query = useQuery({ queryKey: ['superbills', chart], queryFn: () => call('billable', { params: { chart } }) })
  return (
    <Section id="superbills" title="Superbills">
      <p className="soft">One for each visit that was held. Only figures and codes stand on it, no word of a note.</p>
      <Loaded query={query} what="the superbills">{(bills) => <><Waiting bills={bills} chart={chart} onIssued={onIssued} /><Issued bills={bills} chart={chart} /></>}</Loaded>
    </Section>
  )
}

/** What the desk can fill in itself stands on the chart; the rest is the practice's own. */
const OF_THE_PERSON = 'missing-of-patient' satisfies BillProblemCode

function Waiting({ bills, chart, onIssued }: { readonly bills: Bills; readonly chart: string; readonly onIssued: () => Promise<void> }) {
  const { pending, refusal, actAs } = useAct()
  const [at, setAt] = useState<BookedVisit>()
  const [made, setMade] = useState<Response<'issueSuperbill'>>()
  const issue = (visit: BookedVisit) => {
    setAt(visit)
    setMade(undefined)
    void actAs((me) => sendAct([me.person, chart, 'superbill', visit.visit], (id) => call('issueSuperbill', { params: { chart }, body: { id, device: me.device, visit: visit.visit } }, { timeoutMs: 30_000 }))).then(async (done) => {
      if (!done) return
      setMade(done)
      await onIssued()
    })
  }
  return (
    <>
      {made && at && (
        <Told key={made.number}><Notice level={made.problems.length > 0 ? 'caution' : undefined} what={`Superbill ${made.number} for ${visitTitle(at)} is issued.`}>
          {made.problems.length > 0 && <ul className="d-reasons" aria-label="Worth a second look">{made.problems.map((says) => <li key={says}>{says}</li>)}</ul>}
          <a className={buttonClass('quiet')} href={paperHref(chart, made.document)} download>Open superbill {made.number} (PDF)</a>
        </Notice></Told>
      )}
      {refusal && at && (
        <Refused refusal={{ ...refusal, what: `${visitTitle(at)}, ${visitDay(at)}: ${refusal.what}` }}>
          {refusal.list.some(({ code }) => code === OF_THE_PERSON) && <a className={buttonClass('quiet')} href={`/work/charts/${chart}?step=person`}>Go to name and contact</a>}
        </Refused>
      )}
      {bills.waiting.length === 0
        ? <EmptyState what="No held visit waits for a superbill." begin="A visit appears here once its note is closed, and a medicine session once it is over." />
        : <VisitList visits={byStart(bills.waiting)} label="Held visits without a superbill" act={(visit) => <Button pending={pending && at?.visit === visit.visit} onClick={() => issue(visit)} aria-label={`Issue the superbill for ${visitTitle(visit)}`}>Issue</Button>} />}
    </>
  )
}

function Issued({ bills, chart }: { readonly bills: Bills; readonly chart: string }) {
  const zone = useMe()?.practice.zone
  if (bills.issued.length === 0) return null
  return (
    <Table
      caption="Issued superbills" rows={bills.issued} rowKey={({ number }) => number}
      columns={[
        { key: 'number', head: 'Number', cell: ({ number }) => <span className="numbers">{number}</span> },
        { key: 'at', head: 'Issued', cell: ({ at }) => shortDay(at, zone) },
        { key: 'total', head: 'Total', numeric: true, cell: ({ totalCents }) => <Money cents={totalCents} /> },
        { key: 'paper', head: 'Paper', cell: ({ document, number }) => <a href={paperHref(chart, document)} download aria-label={`Superbill ${number} as PDF`}>PDF</a> },
      ]}
    />
  )
}
