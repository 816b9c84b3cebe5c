import { helpLines, untilHelpComes } from '../../../knowledge/pages/help.ts'
import { ButtonLink } from '../../kit/plain/Button.tsx'
import { Brand, Page, Stack } from '../../kit/plain/Page.tsx'
import { useKeptPlan } from './kept-plan.ts'
import { Always } from '../Trouble.tsx'
import { Ways } from './Ways.tsx'

/** The page for the worst hour. It asks nothing, and works without a connection and without signing in. */
export function Help() {
  const kept = useKeptPlan()
  const practice = kept?.practice
  return (
    <Page patient width="reading" brand={<Brand href="/my">My place</Brand>} end={<Always />}>
      <title>Help right now</title>
      <Stack>
        <h1>Help right now</h1>
        <p className="lead">You do not have to be sure that it is bad enough. Call.</p>
        <Ways />
        <ul className="p-list">{helpLines.map((line) => <li key={line.id}><strong>{line.name}.</strong> {line.says}</li>)}</ul>
        <h2>Until somebody is there</h2>
        <ul>{untilHelpComes.map((line) => <li key={line}>{line}</li>)}</ul>
        {kept && <ButtonLink href="/my/safety-plan">Open my safety plan</ButtonLink>}
        {practice?.phone && <p>The practice: <a href={telOf(practice.phone)}>{practice.phone}</a>{practice.hours && `, ${practice.hours}`}. If nobody answers there, do not wait: call 988 or 911.</p>}
        <p>If you had a dose in the last day and are breathing badly, or have chest pain or a very strong headache, call 911 and say that you were given ketamine.</p>
      </Stack>
    </Page>
  )
}

export const telOf = (phone: string) => `tel:${phone.replaceAll(/[^\d+]/g, '')}`
