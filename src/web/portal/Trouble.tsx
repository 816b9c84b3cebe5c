import { Component, type ReactNode } from 'react'
import { Button } from '../kit/plain/Button.tsx'
import { Notice, StatusLine } from '../kit/plain/Notice.tsx'
import { Brand, Page } from '../kit/plain/Page.tsx'
import { Offline, Refused } from '../sync/client.ts'
import { leave } from './leave.ts'

/** What a failure says to a person, in one sentence. */
export const saidOf = (failure: unknown): string =>
  failure instanceof Refused ? failure.say : failure instanceof Offline ? 'There is no connection to the practice right now.' : 'Something went wrong on this page.'

/** Something asked of the server that did not come. */
export const CouldNotAsk = ({ failure, again, kept }: { readonly failure: unknown; readonly again: () => void; readonly kept?: string }) => (
  <Notice level="caution" what={saidOf(failure)} kept={kept}>
    {failure instanceof Refused && failure.status === 401 ? <a className="k-button k-button--quiet" href="/my/sign-in">Ask for a sign-in link</a> : <Button onClick={again}>Try again</Button>}
  </Notice>
)

export const Waiting = ({ children = 'One moment …' }: { readonly children?: string }) => <StatusLine>{children}</StatusLine>

/** Where a whole page is waited for it keeps a screen's height, so that nothing below jumps when it comes. */
export const WaitingPage = () => <div className="p-waiting"><Waiting /></div>

interface BoundaryProps { readonly children: ReactNode; readonly path: string }

/** A screen that broke leaves the rest standing: the way home, the safety plan, the crisis line. */
export class Boundary extends Component<BoundaryProps, { readonly failure?: unknown; readonly path?: string }> {
  override state: { failure?: unknown; path?: string } = {}

  static getDerivedStateFromError(failure: unknown) {
    return { failure }
  }

  /** Another screen is another chance. */
  static getDerivedStateFromProps({ path }: BoundaryProps, state: { failure?: unknown; path?: string }) {
    return state.path === path ? null : { path, failure: undefined }
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children
    const notLoaded = this.state.failure instanceof TypeError && /import|fetch|load/i.test(this.state.failure.message)
    return (
      <Page patient width="reading" brand={<Brand href="/my">My place</Brand>} end={<Always />}>
        <title>Not right now</title>
        <h1>Not right now</h1>
        <Notice level="caution" what={notLoaded ? 'This page could not be loaded; the connection may be gone.' : 'This page could not be shown.'} kept="What you wrote and saved is kept.">
          <Button kind="primary" onClick={() => location.reload()}>Load it again</Button>
          <a className="k-button k-button--quiet" href="/my">Go to the first page</a>
        </Notice>
      </Page>
    )
  }
}

/** One tap away on every screen, at any hour. On a phone it stands at the lower edge, where the thumb is. */
export const Always = () => (
  <nav className="p-always" aria-label="At any hour">
    <a href="/my/safety-plan">Safety plan</a>
    <a href="/my/help">Crisis line 988</a>
    <button type="button" onClick={leave}>Leave<span className="heard"> this page at once</span></button>
  </nav>
)
