import type { ReactNode } from 'react'
import { Head } from './Head.tsx'

/** The house around a page that came by a link: it names no treatment, leads nowhere else, and is offered to no search engine. Only a questionnaire brings a script, which it can do without. */
export function BareFrame({ from, title, stylesheet, script, children }: { readonly from: string; readonly title: string; readonly stylesheet: string; readonly script?: string | undefined; readonly children: ReactNode }) {
  return (
    <html lang="en">
      <Head title={title} stylesheet={stylesheet} unlisted />
      <body className="site">
        <a className="k-skip" href="#main">Skip to the page</a>
        <header className="top"><p className="top__name">{from}</p></header>
        <main id="main" tabIndex={-1}>{children}</main>
        <footer className="foot"><p>{script ? 'This page sets no cookies, and loads nothing from anywhere else. What you answer is kept on this device until it is sent.' : 'This page runs no scripts, sets no cookies, and loads nothing from anywhere else.'}</p></footer>
        {script && <script type="module" src={script} />}
      </body>
    </html>
  )
}
