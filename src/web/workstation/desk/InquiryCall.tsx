import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { precheck } from '../../../knowledge/pages.ts'
import { Badge, buttonClass, DataPairs, Disclosure, Notice, Stack } from '../../kit/index.ts'
import { useNow } from '../../sync/clock.ts'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { CallDesk } from './CallDesk.tsx'
import { firstVisitClock, waited } from './first-visit-clock.ts'
import { CallFirst, callsFirst, inquiriesQuery, stateWords } from './Inquiries.tsx'
import { isAlarm, OutlookLine, OutlookNotice } from './FirstVisitOutlook.tsx'
import { Loaded } from './parts.tsx'
import './desk.css'

/** One inquiry: what the person wrote, the first call, and who they choose. */
export function InquiryCall() {
  const { inquiry: id } = useParams({ strict: false }) as { inquiry: string }
  // While a danger waits to be acknowledged, the desk sees it within seconds.
  const query = useQuery({ ...inquiriesQuery, refetchInterval: ({ state }) => (state.data?.inquiries.find((one) => one.id === id)?.crisis ? 5_000 : false) })
  return (
    <Frame title="Inquiry">
      <Loaded query={query} what="the inquiry">
        {({ inquiries }) => {
          const inquiry = inquiries.find((one) => one.id === id)
          return inquiry ? <OneInquiry key={id} inquiry={inquiry} /> : <NoInquiry />
        }}
      </Loaded>
    </Frame>
  )
}

const NoInquiry = () => (
  <Stack>
    <h1>Inquiry</h1>
    <Notice what="There is no such inquiry." next={<Link to="/work/inquiries">Back to the inquiries</Link>} />
  </Stack>
)

function OneInquiry({ inquiry }: { readonly inquiry: InquiryRow }) {
  const over = inquiry.state === 'matched' || inquiry.state === 'closed'
  return (
    <Stack air="wide">
      <Opening inquiry={inquiry} />
      {inquiry.state === 'matched' && inquiry.chart && (
        <Notice what={`${inquiry.name} has a therapist and a first visit.`}>
          <Link className={buttonClass('primary')} to="/work/charts/$chart" params={{ chart: inquiry.chart }}>Open the chart</Link>
          <Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart: inquiry.chart }}>Plan the whole course</Link>
        </Notice>
      )}
      {inquiry.state === 'closed' && <Notice what="This inquiry is closed." next="If they write again, a new inquiry begins." />}
      {over && <WhatTheyWrote inquiry={inquiry} />}
      {!over && <CallDesk inquiry={inquiry} written={<Stack><OutlookNotice inquiry={inquiry} /><WhatTheyWrote inquiry={inquiry} /></Stack>} />}
    </Stack>
  )
}

function Opening({ inquiry }: { readonly inquiry: InquiryRow }) {
  const now = useNow(60_000)
  const zone = useMe()?.practice.zone ?? 'UTC'
  const due = firstVisitClock(inquiry.firstVisitDueBy, now, zone)
  const open = inquiry.state === 'new' || inquiry.state === 'called'
  return (
    <Stack air="tight">
      <p><Link to="/work/inquiries">All inquiries</Link></p>
      <h1>{inquiry.name}</h1>
      <p className="d-line">
        <span>{capital(stateWords(inquiry))}, wrote {waited(inquiry.receivedAt, now, zone)}</span>
        {open && callsFirst(inquiry) && <CallFirst />}
        {open && (due.level ? <Badge level={due.level}>{due.says}</Badge> : <span className="soft">{due.says}</span>)}
        {open && !isAlarm(inquiry.outlook) && <OutlookLine outlook={inquiry.outlook} />}
      </p>
    </Stack>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** Everything the person sent, as they sent it. */
function WhatTheyWrote({ inquiry: { name, email, phone, message, precheck: sent, receivedAt } }: { readonly inquiry: InquiryRow }) {
  const zone = useMe()?.practice.zone
  const answered = precheck.filter(({ id }) => sent?.[id])
  return (
    <section className="k-card" aria-label={`What ${name} wrote`}>
      <Stack>
        <blockquote className="d-quote">{message || 'No message came with the form.'}</blockquote>
        <DataPairs none="not given" pairs={[
          ['Phone', phone && <a key="phone" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>],
          ['E-mail', email && <a key="email" href={`mailto:${email}`}>{email}</a>],
          ['Written', dayAndTime(receivedAt, zone)],
        ]} wide />
        {answered.length > 0 && (
          <Disclosure open={sent !== null && callsFirst({ precheck: sent })} summary="Answers of the private check, sent along by them">
            <DataPairs pairs={answered.map(({ id, asks, answers }) => [asks, answers.find((one) => one.id === sent?.[id])?.label] as const)} />
          </Disclosure>
        )}
      </Stack>
    </section>
  )
}
