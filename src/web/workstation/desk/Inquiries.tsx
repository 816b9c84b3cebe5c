import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { conditions } from '../../../knowledge/conditions.ts'
import { precheck as questions } from '../../../knowledge/pages.ts'
import { Badge, buttonClass, Disclosure, EmptyState, Row, Rows, rowOpen, Stack, Tag } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { firstVisitClock, waited } from './first-visit-clock.ts'
import { OutlookLine } from './FirstVisitOutlook.tsx'
import { Loaded } from './parts.tsx'
import { PromiseKept } from './PromiseKept.tsx'
import './desk.css'

export const inquiriesQuery = { queryKey: ['inquiries'], queryFn: () => call('inquiries') } as const

/** Everybody who wrote and waits for an answer, who has waited longest first. */
export function Inquiries() {
  const me = useMe()
  const query = useQuery({ ...inquiriesQuery, refetchInterval: 60_000 })
  return (
    <Frame title="Inquiries">
      <Stack air="wide">
        <Stack air="tight">
          <div className="k-heading"><h1>Inquiries</h1><Link to="/work/waiting-list" className={buttonClass('quiet')}>Plan the waiting list</Link></div>
          <p className="soft">Who has waited longest stands first. A first visit is promised within a week of writing.</p>
        </Stack>
        <Loaded query={query} what="the inquiries">{({ inquiries }) => <Lists inquiries={inquiries} />}</Loaded>
        {isOne(me, 'owner') && <PromiseKept />}
      </Stack>
    </Frame>
  )
}

function Lists({ inquiries }: { readonly inquiries: readonly InquiryRow[] }) {
  const open = inquiries.filter(({ state }) => state === 'new' || state === 'called').toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
  const over = inquiries.filter(({ state }) => state === 'matched' || state === 'closed').toSorted((a, b) => (a.receivedAt > b.receivedAt ? -1 : 1))
  return (
    <>
      {open.length === 0
        ? <EmptyState what="Nobody waits for an answer." begin="Whoever writes on the public page appears here, with what they wrote and by when a first visit was promised." />
        : <Rows label="People who wait for an answer, longest first">{open.map((inquiry) => <OpenRow key={inquiry.id} inquiry={inquiry} />)}</Rows>}
      {over.length > 0 && (
        <Disclosure summary={`Answered: ${over.length}`}>
          <Rows label="Answered inquiries">{over.map((inquiry) => <OverRow key={inquiry.id} inquiry={inquiry} />)}</Rows>
        </Disclosure>
      )}
    </>
  )
}

const Name = ({ inquiry: { id, name } }: { readonly inquiry: InquiryRow }) => <Link className={rowOpen} to="/work/inquiries/$inquiry" params={{ inquiry: id }}>{name}</Link>

function OpenRow({ inquiry }: { readonly inquiry: InquiryRow }) {
  const now = useNow(60_000)
  const zone = useMe()?.practice.zone ?? 'UTC'
  const { says, level } = firstVisitClock(inquiry.firstVisitDueBy, now, zone)
  return (
    <Row
      who={<Name inquiry={inquiry} />}
      where={<span className="d-outlook">{level ? <Badge level={level}>{says}</Badge> : <span>{says}</span>}<OutlookLine outlook={inquiry.outlook} /></span>}
      missing={<span>{inquiry.crisis && <><Badge level={inquiry.crisis.some(({ acknowledgedAt }) => acknowledgedAt) ? 'call' : 'emergency'}>{inquiry.crisis.some(({ acknowledgedAt }) => acknowledgedAt) ? 'Danger: acknowledged' : 'Danger: nobody has acknowledged it'}</Badge> </>}{callsFirst(inquiry) && <><CallFirst /> </>}<Tag>{stateWords(inquiry)}</Tag> {broughtHere(inquiry)}</span>}
      since={<time dateTime={inquiry.receivedAt} title={dayAndTime(inquiry.receivedAt, zone)}>{waited(inquiry.receivedAt, now, zone)}</time>}
    />
  )
}

function OverRow({ inquiry }: { readonly inquiry: InquiryRow }) {
  const now = useNow(60_000)
  const zone = useMe()?.practice.zone ?? 'UTC'
  return <Row who={<Name inquiry={inquiry} />} where={stateWords(inquiry)} missing={broughtHere(inquiry)} since={waited(inquiry.receivedAt, now, zone)} />
}

const outcomes: Record<string, string> = { 'goes-on': 'called, wants to go on', 'not-now': 'called, not now', 'referred-elsewhere': 'called, referred elsewhere', 'no-answer': 'called, no answer', crisis: 'called, a crisis' }

/** How far somebody has come, in a few words. */
export function stateWords({ state, call: made }: Pick<InquiryRow, 'state' | 'call'>): string {
  if (state === 'matched') return 'has a therapist'
  if (state === 'closed') return 'closed'
  if (!made) return 'not called yet'
  return made.outcome ? outcomes[made.outcome] ?? 'called' : 'call not finished'
}

/** Whether an answer of the private check, sent along, says that help comes before anything else. */
export const callsFirst = ({ precheck }: Pick<InquiryRow, 'precheck'>): boolean =>
  questions.some(({ id, answers }) => answers.some((answer) => answer.id === precheck?.[id] && answer.leads === 'crisis'))
export const CallFirst = () => <Badge level="emergency">Call first</Badge>

/** What brings somebody, in their own words if they wrote any. */
function broughtHere({ message, preferences }: InquiryRow): string {
  if (message) return message.length > 160 ? `${message.slice(0, 157).trimEnd()} …` : message
  const named = conditions.filter(({ id }) => preferences.conditions.includes(id)).map(({ name }) => name)
  return named.length > 0 ? named.join(', ') : 'Wrote nothing about what brings them.'
}
