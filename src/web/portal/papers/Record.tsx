import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Checkbox, EmptyState, Stack } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { clockTime, dayAndTime, plainDay } from '../times.ts'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'
import { looksOf } from './access-words.ts'
import { MyPhoto } from './MyPhoto.tsx'

type Page = Response<'access'>
const page = (chart: string, before?: string): Promise<Page> => call('access', { params: { chart }, query: { limit: 500, ...(before ? { before } : {}) } })

/** Further pages below the first one. When the first is asked again, what follows it begins anew. */
function useEarlier(chart: string, first: Page | undefined) {
  const [state, setState] = useState<{ after: Page; lines: Page['lines']; next: string | null }>()
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<unknown>()
  const shown = state && state.after === first ? state : undefined
  const next = shown ? shown.next : (first?.next ?? null)
  async function more() {
    if (!first || !next || pending) return
    setPending(true)
    setTrouble(undefined)
    await page(chart, next).then((found) => setState({ after: first, lines: [...(shown?.lines ?? []), ...found.lines], next: found.next }), setTrouble)
    setPending(false)
  }
  return { earlier: shown?.lines ?? [], next, pending, more, trouble }
}

/** Who looked, what they did and when; and the record to take along. */
export function RecordPage() {
  const { me, chartId, used, zone } = usePatient()
  const [mine, setMine] = useState(false)
  const { value: first, failure, again } = useAsked(`access ${chartId}`, () => page(chartId))
  const { earlier, next, pending, more, trouble } = useEarlier(chartId, first)
  const value = first && [...first.lines, ...earlier]
  const days = looksOf((value ?? []).filter(({ who }) => mine || who !== me.name), zone)
  const team = used.head?.team ?? []
  const oldest = value?.reduce((first, { at }) => (at < first ? at : first), value[0]?.at ?? '')
  return (
    <Frame title="Who looked at my record">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Who looked at my record</h1>
          <p>Every look and every change is written down here by the system itself, and nobody can take a line away.</p>
          {team.length > 0 && <p>Those who treat you and may read your chart: {[...new Set(team.map(({ name }) => name))].join(', ')}. The desk sees your dates and bills, and nothing that you tell.</p>}
        </div>
        <Checkbox label="Show what I did myself, too" checked={mine} onChange={setMine} />
        {!value && failure === undefined && <Waiting />}
        {!value && failure !== undefined && <CouldNotAsk failure={failure} again={again} />}
        {oldest && <p className="soft small">The list below goes back to {dayAndTime(oldest, zone)}.</p>}
        {value && days.length === 0 && <EmptyState what="In this time nobody but you has opened your record." begin="Each look stands here with a name and a time." />}
        {days.map(([day, looks]) => (
          <section key={day} className="k-stack k-stack--tight" aria-label={plainDay(day)}>
            <h2>{plainDay(day)}</h2>
            <ul className="p-list">
              {looks.map(({ who, says, refused, times, lastAt }) => (
                <li key={`${who} ${says} ${refused}`}>
                  <strong>{who === me.name ? 'You' : who}</strong> {refused ? 'was refused: ' : ''}{says}{times > 1 && `, ${times} times`} <span className="soft small">{times > 1 ? 'last at' : 'at'} {clockTime(lastAt, zone)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {trouble !== undefined && <CouldNotAsk failure={trouble} again={() => void more()} />}
        {value && <p>{next ? <Button pending={pending} onClick={() => void more()}>Show what was before that</Button> : <span className="soft small">There is nothing before that.</span>}</p>}
        <MyPhoto />
        <section className="k-stack" aria-labelledby="copy">
          <h2 id="copy">A copy for me</h2>
          <p>Your record is yours to take along: all of it that you may read, and your journal with its photos and recordings; not what you keep on this device only. One file holds a page that opens in any browser, without this program and without a connection, and the same as data that other programs read (FHIR). Keep it where others cannot read it.</p>
          <p className="k-buttons"><a className="k-button k-button--primary" href={`/api/charts/${chartId}/export?as=zip`} download>Take my record along</a><a className="k-button k-button--plain" href={`/api/charts/${chartId}/export?as=html`} download>Only the page to read</a></p>
        </section>
      </Stack>
    </Frame>
  )
}
