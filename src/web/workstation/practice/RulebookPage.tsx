import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { Disclosure, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded, Section } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { plainDay } from '../times.ts'
import { Adopt } from './Adopt.tsx'
import '../desk/desk.css'
import './practice.css'

/** The rows themselves weigh more than any screen, so they come after it. */
const Contents = lazy(() => import('./RulebookContents.tsx'))
const Editions = lazy(() => import('./editions/Editions.tsx'))

/** Every rule that decides anything here, as a book to be read: the rule, its source, and who adopted it when. */
export function RulebookPage() {
  const query = useQuery({ queryKey: ['rulebook'], queryFn: () => call('rulebook') })
  return (
    <Frame title="Rulebook">
      <Stack air="wide">
        <Stack air="tight">
          <h1 className="p-book__title">Rulebook</h1>
          <p>Everything this product decides by, word for word. What is marked as our proposal, or as not verified, holds only because the practice’s medical director has adopted it.</p>
        </Stack>
        <Loaded query={query} what="the rulebook">{(rulebook) => <Adopted rulebook={rulebook} />}</Loaded>
        <Suspense fallback={<p className="soft" role="status">Opening the book …</p>}><Editions><Contents /></Editions></Suspense>
      </Stack>
    </Frame>
  )
}

/** Which courses this practice works by, who adopted each, and when. */
function Adopted({ rulebook: { edition, sha256, protocols: adopted, history } }: { readonly rulebook: Response<'rulebook'> }) {
  const me = useMe()
  const directs = isOne(me, 'medical-director')
  return (
    <Section id="adopted" title="Adopted by this practice">
      <ul className="p-adopted">
        {Object.values(protocols).map(({ id, name, says, heldBack }) => {
          const adoption = adopted.find(({ protocol }) => protocol === id)
          const earlier = history.filter((one) => one.protocol === id && one.adoptedAt !== adoption?.adoptedAt)
          return (
            <li key={id} className="k-card" aria-label={name}>
              <Stack air="tight">
                <h3>{name}</h3>
                <p className="soft">{says}</p>
                {heldBack && <p className="soft">Switched off as it ships. {heldBack}</p>}
                {adoption
                  ? <p>Adopted by <strong>{adoption.adoptedBy}</strong> on {plainDay(localDay(adoption.adoptedAt, me?.practice.zone ?? 'UTC'))}, in edition {adoption.edition}.{!adoption.offered && ` ${adoption.says}`}</p>
                  : <p>Not adopted here, so it is not offered when a course is chosen.{!directs && ' The medical director adopts it on this page.'}</p>}
                {earlier.length > 0 && <Disclosure summary={`Adopted before: ${earlier.length}`}><ul>{earlier.toReversed().map((one) => <li key={one.adoptedAt}>{one.adoptedBy}, {plainDay(localDay(one.adoptedAt, me?.practice.zone ?? 'UTC'))}, edition {one.edition}</li>)}</ul></Disclosure>}
                {directs && adoption?.edition !== edition && <Adopt protocol={id} name={name} again={adoption !== undefined} sample={me?.practice.sample ?? false} />}
              </Stack>
            </li>
          )
        })}
      </ul>
      <Disclosure summary={`Edition ${edition.split(' · ')[0] ?? edition}`}><p>Every decision names the edition it was made under, by this digest: <span className="numbers p-book__digest">{sha256}</span></p></Disclosure>
    </Section>
  )
}
