import type { ReactNode } from 'react'
import { Head } from './Head.tsx'

/** The house around a page that came by a link: it names no treatment, leads nowhere else, and is offered to no search engine. Only a questionnaire brings a script, which it can do without. */
export function BareFrame({ from, title, stylesheet, script, tablet = false, children }: { readonly from: string; readonly title: string; readonly stylesheet: string; readonly script?: string | undefined; /** On the practice's tablet: larger, and it says what becomes of what is answered there. */ readonly tablet?: boolean; readonly children: ReactNode }) {
  return (
    <html lang="en" {...(tablet ? { 'data-tablet': '' } : {})}>
      <Head title={title} stylesheet={stylesheet} unlisted />
      <body className="site">
        <a className="k-skip" href="#main">Skip to the page</a>
        <header className="top"><p className="top__name">{from}</p></header>
        <main id="main" tabIndex={-1}>{children}</main>
        <footer className="foot"><p>{tablet ? 'What you answer goes to the people who treat you. Nothing of it stays on this tablet once it has arrived.' : script ? 'This page sets no cookies, and loads nothing from anywhere else. What you answer is kept on this device until it is sent.' : 'This page runs no scripts, sets no cookies, and loads nothing from anywhere else.'}</p></footer>
        {script && <script type="module" src={script} />}
      </body>
    </html>
  )
}
