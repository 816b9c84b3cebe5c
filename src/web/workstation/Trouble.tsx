import { Brand, Notice, Page } from '../kit/index.ts'
import { Offline, Refused } from '../sync/client.ts'

/** What a screen shows when it could not be shown: what happened, what was kept, what to do next. */
export function Trouble({ error }: { readonly error: unknown }) {
  const title = error instanceof Refused ? error.say : error instanceof Offline ? 'There is no connection to the server.' : 'This screen could not be shown.'
  return (
    <Page brand={<Brand href="/work">OpenKAP</Brand>} width="reading">
      <h1>Not right now</h1>
      <Notice level="caution" what={title} kept="Nothing you wrote is lost: what was not sent yet is kept on this device." next={<a href="/work">Go to your list</a>} />
    </Page>
  )
}

export const NotHere = () => (
  <Page brand={<Brand href="/work">OpenKAP</Brand>} width="reading">
    <h1>There is nothing here</h1>
    <p>The address may be old. <a href="/work">Go to your list</a></p>
  </Page>
)
