import { useQuery } from '@tanstack/react-query'
import type { Instrument } from '../../../../core/measures/instrument.ts'
import { formState, type FormChoice } from '../../../../core/measures/own-copy.ts'
import { instruments, leftOut } from '../../../../knowledge/instruments.ts'
import { Row, rowOpen, Rows, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Loaded, Section } from '../../desk/parts.tsx'
import { Frame } from '../../Frame.tsx'
import { listed } from '../book/rule.ts'
import { languageName, missingWords, tierWords } from './say-form.ts'
import '../../desk/desk.css'
import '../practice.css'

const library: readonly Instrument[] = Object.values(instruments)

/** Every questionnaire there is: whose it is, whether it may be asked here, and what is missing where it may not. */
export function FormsPage() {
  const query = useQuery({ queryKey: ['forms'], queryFn: () => call('formChoices') })
  return (
    <Frame title="Questionnaires">
      <Stack air="wide">
        <Stack air="tight">
          <p><a href="/work/rulebook">Back to the rulebook</a></p>
          <h1 className="p-book__title">Questionnaires</h1>
          <p>What may be asked here, and on whose terms. Where the words belong to somebody else, the practice brings them from its own licensed copy; how they are counted is here already.</p>
        </Stack>
        <Loaded query={query} what="the questionnaires">{({ choices }) => <Catalogue choices={choices as readonly FormChoice[]} />}</Loaded>
      </Stack>
    </Frame>
  )
}

function Catalogue({ choices }: { readonly choices: readonly FormChoice[] }) {
  const ready = library.filter((row) => formState(row, choices).missing.length === 0)
  const waiting = library.filter((row) => !ready.includes(row))
  return (
    <>
      <Section id="ready" title={`Ready to ask (${ready.length})`}><List label="Questionnaires that are ready" rows={ready} choices={choices} /></Section>
      <Section id="waiting" title={`Not ready here (${waiting.length})`}><List label="Questionnaires that are not ready" rows={waiting} choices={choices} /></Section>
      <Section id="left-out" title="Not here, and what to ask instead">
        <ul className="p-others">{leftOut.map(({ id, title, says, instead }) => <li key={id}><strong>{title}.</strong> {says} {instead.length > 0 && `Ask instead: ${listed(instead.map((other) => library.find((row) => row.id === other)?.title ?? other), 'or')}.`}</li>)}</ul>
      </Section>
    </>
  )
}

const List = ({ label, rows, choices }: { readonly label: string; readonly rows: readonly Instrument[]; readonly choices: readonly FormChoice[] }) => (
  <Rows label={label}>
    {rows.map((row) => (
      <Row
        key={row.id} who={<a className={rowOpen} href={`/work/rulebook/questionnaires/${row.id}`}>{row.title}</a>} where={row.says}
        missing={listed(formState(row, choices).missing.map((one) => missingWords[one]))} since={`${tierWords[row.licence.tier]}, ${languageName(row.language)}`}
      />
    ))}
  </Rows>
)
