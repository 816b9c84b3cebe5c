import { useQuery } from '@tanstack/react-query'
import { useContext, useMemo, type ReactNode } from 'react'
import { systemNames } from '../../../../core/codes/code.ts'
import { Badge, DataPairs, Disclosure, Notice, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Loaded, Section } from '../../desk/parts.tsx'
import { useMe } from '../../me.ts'
import { answerWords, codeLines, CodesContext, codeWords, comparedWith, counts, elsewhere, NOT_VERIFIED, type CodeNow, type CodesHere } from './standing.ts'

/** Which codes were held against the official tables, by which release and when, and which were not. The book below says it row by row. */
export default function Codes({ children }: { readonly children?: ReactNode }) {
  const zone = useMe()?.practice.zone ?? 'UTC'
  const query = useQuery({ queryKey: ['rulebook', 'codes'], queryFn: () => call('rulebookCodes') })
  const here = useMemo(() => query.data && { now: query.data, zone }, [query.data, zone])
  return (
    <CodesContext value={here}>
      <Section id="codes" title="Codes and the official tables">
        <Loaded query={query} what="the codes">{(now) => <Summary now={now} zone={zone} />}</Loaded>
      </Section>
      {children}
    </CodesContext>
  )
}

function Summary({ now, zone }: CodesHere) {
  const all = counts(now)
  const open = all.reduce((sum, one) => sum + one.open, 0)
  const lookAt = now.codes.filter(({ verdict }) => verdict !== 'there' && verdict !== 'not-compared')
  const others = elsewhere(now)
  return (
    <Stack>
      {now.broken && <Notice level="caution" what={now.broken} next="Whoever keeps the server compares the codes again." />}
      <p>{open === 0 ? `All ${now.codes.length} codes were compared with an official release.` : <><strong>{open === now.codes.length ? `None of the ${open} codes the rules go by was verified against an official table.` : `${open} of the ${now.codes.length} codes the rules go by were not verified against an official table.`}</strong> The tables are not shipped: whoever keeps the server compares with <span className="p-command">“kap codes --record”</span> and the files as they were published.</>} That a code is in a release does not say that it means what the row says; a person has to read that.</p>
      <DataPairs wide pairs={all.map(({ system, all: codes, there, otherwise, open: left }) => [
        `${systemNames[system]}, ${codes} codes`,
        `${[there > 0 && `${there} in the release`, otherwise > 0 && `${otherwise} to look at`, left > 0 && `${left} ${NOT_VERIFIED}`].filter(Boolean).join(', ')}.${left < codes ? ` By ${comparedWith(system, now, zone)}.` : ''}`,
      ])} />
      {lookAt.length > 0 && <Disclosure open summary={`To look at: ${lookAt.length}`}><List codes={lookAt} /></Disclosure>}
      {others.length > 0 && <Disclosure summary={`Codes that no row of the book goes by, such as those of readings: ${others.length}`}><List codes={others} /></Disclosure>}
      {now.compared.length > 0 && <Disclosure summary="The files, by their digests"><ul>{now.compared.flatMap(({ files }) => files).map(({ file, form, codes, sha256 }) => <li key={sha256}>{file}, {form}, {codes.toLocaleString('en-US')} codes: <span className="numbers p-book__digest">{sha256}</span></li>)}</ul></Disclosure>}
    </Stack>
  )
}

const List = ({ codes }: { readonly codes: readonly CodeNow[] }) => <ul className="p-codes">{codes.map((code) => <li key={`${code.system} ${code.code}`}><span>{codeWords(code)}:</span> {code.verdict === 'there' ? answerWords(code) : <Badge level="caution">{answerWords(code)}</Badge>} <span className="soft">({code.usedBy.join(', ')})</span></li>)}</ul>

/** Under a row of the book: its codes, and what is known of them. A row without codes says nothing. */
export function RowCodes({ id }: { readonly id: string }) {
  const here = useContext(CodesContext)
  const lines = useMemo(() => (here ? codeLines(id, here) : []), [id, here])
  return lines.map(({ key, says, mark }) => <p key={key} className="p-rule__foot p-rule__foot--marks p-rule__codes"><span>{says}</span>{mark && <> <Badge level="caution">{mark}</Badge></>}</p>)
}
