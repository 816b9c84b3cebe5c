import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { instrumentOf, type Instrument } from '../../../../core/measures/instrument.ts'
import { formHere, formState } from '../../../../core/measures/own-copy.ts'
import { usesOf } from '../../../../core/measures/uses.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { DataPairs, Disclosure, Notice, Stack, Table } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Loaded, Section } from '../../desk/parts.tsx'
import { Frame } from '../../Frame.tsx'
import { isOne, useMe } from '../../me.ts'
import { plainDay } from '../../times.ts'
import { count, listed, sentence, tagWords } from '../book/rule.ts'
import { AsRead } from './AsRead.tsx'
import { definitionPart, exampleOf, languageName, missingWords, sayCounting, tierWords } from './say-form.ts'
import { SignForm } from './SignForm.tsx'
import '../../desk/desk.css'
import '../practice.css'

type Choices = Response<'formChoices'>['choices']

/** One questionnaire: whether it may be asked, whose it is, how it is counted, and how a patient reads it. */
export function FormPage() {
  const { form } = useParams({ strict: false }) as { form: string }
  const instrument = instrumentOf(instruments, form)
  const query = useQuery({ queryKey: ['forms'], queryFn: () => call('formChoices') })
  return (
    <Frame title={instrument?.title ?? 'Questionnaire'}>
      <Stack air="wide">
        <p><a href="/work/rulebook/questionnaires">Back to the questionnaires</a></p>
        {instrument
          ? <Loaded query={query} what="this questionnaire">{({ choices }) => <About key={instrument.id} instrument={instrument} choices={choices} />}</Loaded>
          : <Notice level="caution" what={`There is no questionnaire “${form}” here.`} next="Open it again from the list." />}
      </Stack>
    </Frame>
  )
}

function About({ instrument, choices }: { readonly instrument: Instrument; readonly choices: Choices }) {
  const me = useMe()
  const state = formState(instrument, choices)
  const here = formHere(instrument, choices)
  return (
    <>
      <Stack>
        <h1 className="p-book__title">{instrument.title}</h1>
        <p className="p-book__intro">{instrument.says}</p>
        {here
          ? <Notice what="It may be asked here." {...(!instrument.validated && { kept: 'It is not validated: read its answers one by one, never against a limit.' })} />
          : <Notice level="caution" what={`${instrument.askedFromPaper ? 'Not settled yet' : 'It cannot be asked here yet'}: ${listed(state.missing.map((one) => missingWords[one]))}.`} {...(instrument.askedFromPaper && { kept: 'A clinician goes on asking it from the practice’s copy on paper. No safety question waits for this.' })} next={isOne(me, 'medical-director') ? 'You settle it below.' : 'The medical director settles it.'} />}
        {state.stopped && <p className="soft">Used no more since {plainDay(localDay(state.stopped.at, me?.practice.zone ?? 'UTC'))}: {state.stopped.statement}</p>}
      </Stack>
      <Terms instrument={instrument} choices={choices} />
      {isOne(me, 'medical-director') && <SignForm instrument={instrument} state={state} />}
      <Section id="counted" title="How it is counted">
        <Stack>
          <ul className="p-others">{sayCounting(instrument).map((line) => <li key={line}>{line}</li>)}</ul>
          {exampleOf(instrument).length > 0 && <Stack air="tight"><h3>An example: the answer in the middle to every question{instrument.items.some(({ answer }) => answer.kind === 'yes-no') && ', and yes where there is yes or no'}</h3><DataPairs wide pairs={exampleOf(instrument)} /></Stack>}
        </Stack>
      </Section>
      <AsRead instrument={here} />
      <Evidence instrument={instrument} />
    </>
  )
}

function Terms({ instrument, choices }: { readonly instrument: Instrument; readonly choices: Choices }) {
  const zone = useMe()?.practice.zone ?? 'UTC'
  const { licence, loinc, language, version, recallDays, answeredBy, items } = instrument
  const { accepted, copy } = formState(instrument, choices)
  const uses = usesOf(instrument, { words: copy !== undefined, accepted: accepted !== undefined, permitted: copy !== undefined })
  const signed = choices.filter((choice) => choice.instrument === instrument.id)
  const day = (at: string) => plainDay(localDay(at, zone))
  const may = [['show its words', uses.displayable], ['collect answers', uses.collectable], ['count it', uses.calculatable], ['send its total on', uses.extractable], ['compare it by a public code', uses.domainAligned]] as const
  return (
    <Section id="terms" title="On whose terms">
      <Stack>
        <DataPairs wide pairs={[
          ['Licence', `${upper(tierWords[licence.tier])}. ${sentence(licence.terms)}`], ['Whose it is', licence.holder], ...(licence.condition ? [['Condition', licence.condition] as const] : []), ['Read where', licence.source],
          ['Its words', licence.text === 'shipped' ? (licence.textVerified ? 'Here, compared with the source.' : 'Here, in their standard wording. Nobody has compared them with the source yet.') : copy ? `From the practice’s own copy: ${copy.statement}` : 'Not here. The practice brings them.'],
          ['Language and version', `${languageName(copy?.copy?.language ?? language)}, ${version}`], ['Asked of', listed(answeredBy.map((who) => (who === 'patient' ? 'the patient' : 'a clinician')), 'or')], ['Questions', `${count(items.length, 'question')}${recallDays === null ? '' : `, about the last ${count(recallDays, 'day')}`}`],
          ['Public codes', loinc?.panel ?? loinc?.total ? [loinc.panel && `LOINC ${loinc.panel}`, loinc.total && `its total ${loinc.total}`].filter(Boolean).join(', ') : 'None was seen, so none is given.'],
          ['The practice may', listed(may.filter(([, yes]) => yes).map(([what]) => what)) || 'nothing yet'], ['Not yet, or not at all', listed(may.filter(([, yes]) => !yes).map(([what]) => what)) || 'nothing'],
        ]} />
        {signed.length > 0 && (
          <Disclosure open summary={`Signed here: ${signed.length}`}>
            <ul className="p-others">{signed.map((choice) => <li key={`${choice.at} ${choice.kind}`}><strong>{signedWords[choice.kind]}</strong> by {choice.by} on {day(choice.at)}: {choice.statement}{choice.textSha256 && <> <span className="soft numbers p-book__digest">Digest of the words: {choice.textSha256}</span></>}</li>)}</ul>
          </Disclosure>
        )}
      </Stack>
    </Section>
  )
}

const signedWords = { condition: 'Condition accepted', copy: 'Copy loaded', stopped: 'Used no more' } as const
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const Evidence = ({ instrument: { evidence, tags } }: { readonly instrument: Instrument }) => (
  <Section id="evidence" title="Where each part comes from">
    <Table
      caption="Each part and its source" captionHeard rowKey={([part]) => part} rows={Object.entries(evidence)}
      columns={[
        { key: 'part', head: 'Part', cell: ([part]) => definitionPart(part) }, { key: 'how', head: 'How sure', cell: ([part, { verifiedOn }]) => (tags[part] === 'V' && verifiedOn === null ? 'Seen in somebody’s copy' : upper(tagWords[tags[part] ?? 'M'])) },
        { key: 'source', head: 'Source', cell: ([, { source }]) => source }, { key: 'compared', head: 'Compared with its source', cell: ([, { verifiedOn, verifiedBy }]) => (verifiedOn === null ? 'By nobody yet' : `${plainDay(verifiedOn)}, by ${verifiedBy}`) },
      ]}
    />
  </Section>
)
