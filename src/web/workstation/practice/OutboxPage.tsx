import { useQuery } from '@tanstack/react-query'
import type { Response } from '../../../core/contract/contract.ts'
import { EmptyState, Stack, Tag } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { withLinks } from './links.ts'
import './practice.css'

type Mail = Response<'sampleMail'>['mail'][number]

/** The mail of the sample practice, which goes nowhere else: whoever tries it out reads it here and follows its links. */
export function OutboxPage() {
  const query = useQuery({ queryKey: ['sample mail'], queryFn: () => call('sampleMail'), refetchInterval: 5_000 })
  return (
    <Frame title="Mail (sample)" width="reading">
      <Stack air="wide">
        <Stack air="tight">
          <h1>Mail of the sample practice</h1>
          <p className="soft">Everybody here is invented, so no mail leaves this machine. What would have been sent stands here, the newest first, and its links work.</p>
        </Stack>
        <Loaded query={query} what="the mail">
          {({ mail }) => mail.length === 0
            ? <EmptyState what="No mail has been written yet." begin="A sign-in link, an invitation or a reminder appears here the moment somebody asks for it." />
            : <ol className="p-mails" aria-label="Mail, newest first">{mail.map((one) => <Letter key={one.id} mail={one} />)}</ol>}
        </Loaded>
      </Stack>
    </Frame>
  )
}

function Letter({ mail: { to, subject, body, at, sent } }: { readonly mail: Mail }) {
  const zone = useMe()?.practice.zone
  return (
    <li className="k-card p-mail" aria-label={`${subject}, to ${to}`}>
      <div className="k-heading"><h2>{subject}</h2><time className="soft small" dateTime={at}>{dayAndTime(at, zone)}</time></div>
      <p className="soft">To {to} {!sent && <Tag>waits to be sent</Tag>}</p>
      <p className="p-mail__body">{withLinks(body).map((part, place) => (part.href ? <a key={place} href={part.href}>{part.text}</a> : <span key={place}>{part.text}</span>))}</p>
    </li>
  )
}
