import type { ReactNode } from 'react'
import { Head } from './Head.tsx'

/** The house around a page that came by a link: it names no treatment, leads nowhere else, and is offered to no search engine. */
export function BareFrame({ from, title, stylesheet, children }: { readonly from: string; readonly title: string; readonly stylesheet: string; readonly children: ReactNode }) {
  return (
    <html lang="en">
      <Head title={title} stylesheet={stylesheet} unlisted />
      <body className="site">
        <a className="k-skip" href="#main">Skip to the page</a>
        <header className="top"><p className="top__name">{from}</p></header>
        <main id="main" tabIndex={-1}>{children}</main>
        <footer className="foot"><p>This page runs no scripts, sets no cookies, and loads nothing from anywhere else.</p></footer>
      </body>
    </html>
  )
}
