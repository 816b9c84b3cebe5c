import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import type { Response } from '../../../../core/contract/contract.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { Disclosure, Notice, Stack, Table } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { refreshEditions } from '../../../sync/editions.ts'
import { Loaded, Section, Told } from '../../desk/parts.tsx'
import { isOne, useMe } from '../../me.ts'
import { useRules } from '../../rules.ts'
import { RulesNotice } from '../../RulesNotice.tsx'
import { plainDay } from '../../times.ts'
import { HereContext } from './here.ts'
import { NoteWords } from './NoteWords.tsx'
import { Proposals } from './Proposals.tsx'
import { dialOf, said, sayValue, sentenceOf, titled, titleOf } from './turning.ts'
import { Workshop } from './Workshop.tsx'

export type EditionsNow = Response<'editions'>

/** What this practice has turned: shipped beside here, who signed each edition, and the way to the next one. The book below says it row by row. */
export default function Editions({ children }: { readonly children?: ReactNode }) {
  const me = useMe()
  const query = useQuery({ queryKey: ['editions'], queryFn: () => call('editions') })
  const proposals = useQuery({ queryKey: ['proposals'], queryFn: () => call('proposals') })
  const zone = me?.practice.zone ?? 'UTC'
  const here = useMemo(() => hereOf(query.data), [query.data])
  return (
    <HereContext value={here}>
      <Section id="editions" title="This practice’s edition">
        <Loaded query={query} what="the editions">{(now) => <Stack><InForce now={now} zone={zone} /><Loaded query={proposals} what="what waits for a second signature">{(waiting) => <><Proposals now={waiting} /><Turn now={now} others={waiting.others} /></>}</Loaded><History now={now} zone={zone} /></Stack>}</Loaded>
      </Section>
      {query.data && <NoteWords now={query.data} />}
      {children}
    </HereContext>
  )
}

/** What holds here instead, by the row it stands in. */
function hereOf(now: EditionsNow | undefined): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, readonly string[]>()
  for (const { dial, from, to } of now?.changes ?? []) {
    const one = dialOf(dial)
    if (one) lines.set(one.row, [...(lines.get(one.row) ?? []), `${one.name}: ${sayValue(one, to)} here, ${sayValue(one, from)} as shipped`])
  }
  return lines
}

function InForce({ now, zone }: { readonly now: EditionsNow; readonly zone: string }) {
  const edition = now.editions.find(({ number }) => number === now.inForce)
  if (now.broken) return <RulesNotice missing={now.broken} kept="Charts stay readable, and what happens in a running session is kept. No session is started, no dose is recorded as given and no clearance or order is signed." next={now.shipped.broken ? '' : 'The medical director turns one figure below and signs a new edition, or whoever keeps the server brings back the copy.'} />
  return (
    <Stack air="tight">
      <p>{edition ? <>Edition {edition.number}, signed by <strong>{edition.adoptedBy}</strong>{edition.countersignedBy && <> and <strong>{edition.countersignedBy}</strong></>} on {plainDay(localDay(edition.adoptedAt, zone))}. “{edition.reason}”</> : 'None of its own: the rulebook holds here as it ships.'}</p>
      {now.changes.length > 0 && (
        <Table
          caption="Where this practice stands away from what ships" rows={now.changes} rowKey={({ dial }) => dial} columns={[
            { key: 'rule', head: 'Figure', cell: ({ dial }) => { const one = dialOf(dial); return one ? titleOf(one) : dial } },
            { key: 'from', head: 'As shipped', cell: ({ dial, from }) => said(dial, from) },
            { key: 'to', head: 'Here', cell: ({ dial, to }) => <strong>{said(dial, to)}</strong> },
            { key: 'why', head: 'Why', cell: ({ reason, at }) => `${reason || 'tightened'} (${plainDay(localDay(at, zone))})` },
          ]}
        />
      )}
      <Disclosure summary="The digest of the edition in force"><p>{now.name}: <span className="numbers p-book__digest">{now.sha256}</span></p></Disclosure>
    </Stack>
  )
}

function Turn({ now, others }: { readonly now: EditionsNow; readonly others: readonly string[] }) {
  const me = useMe()
  const [adopted, setAdopted] = useState<string>()
  const [proposed, setProposed] = useState(0)
  const directs = isOne(me, 'medical-director')
  if (now.shipped.broken || (!directs && (!isOne(me, 'prescriber') || now.broken))) return null
  return (
    <>
      {adopted && <Told key={adopted}><Notice what={`Signed: ${adopted}.`} next="It holds for everybody from now on. A session that is under way keeps the edition it started with." /></Told>}
      {proposed > 0 && <Told key={proposed}><Notice what="Proposed. It holds for nobody yet." kept="It waits above with every figure and its reason." next={`One of these signs it too: ${others.join(', ')}. It stands on their own list.`} /></Told>}
      <Workshop key={`${now.inForce} ${proposed}`} now={now} directs={directs} sample={me?.practice.sample ?? false} others={others} onProposed={() => { setAdopted(undefined); setProposed(proposed + 1) }} onAdopted={(name) => { setProposed(0); setAdopted(name); if (me) void refreshEditions(me.practice.id) }} />
    </>
  )
}

function History({ now, zone }: { readonly now: EditionsNow; readonly zone: string }) {
  const { book: { protocols: courses } } = useRules()
  if (now.editions.length === 0) return null
  return (
    <Disclosure summary={`Every edition there was: ${now.editions.length}`}>
      <ol className="p-editions" reversed>
        {now.editions.toReversed().map((edition) => (
          <li key={edition.number}>
            <p><strong>Edition {edition.number}</strong>, {edition.adoptedBy}{edition.countersignedBy && ` and ${edition.countersignedBy}`}, {plainDay(localDay(edition.adoptedAt, zone))}: “{edition.reason}”{edition.countersignedBy && ` ${edition.countersignedBy}: “${edition.countersignedWhy}”`}</p>
            <ul>{edition.moves.map(({ dial, from, to, way, reason }) => <li key={dial}>{titled(dial, courses)}: {said(dial, from)} to {said(dial, to)}{sentenceOf(dial) ? '' : `, ${way}`}{reason && `. “${reason}”`}</li>)}</ul>
          </li>
        ))}
      </ol>
    </Disclosure>
  )
}
