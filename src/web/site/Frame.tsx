import type { ReactNode } from 'react'
import type { PracticeView } from './practice.ts'

export interface FrameProps {
  readonly practice: PracticeView
  readonly title: string
  readonly description: string
  readonly here?: string
  readonly stylesheet: string
  /** Pages that are nobody's business are not offered to search engines. */
  readonly unlisted?: boolean
  readonly children: ReactNode
}

const links = [['/', 'KAP here'], ['/check', 'A private check'], ['/inquiry', 'Write to us']] as const

/** The house around every public page. A plain document: no script, no cookie, nothing from elsewhere. */
export function Frame({ practice, title, description, here, stylesheet, unlisted = false, children }: FrameProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <meta name="theme-color" content="#fbf8f2" />
        <meta name="referrer" content="no-referrer" />
        {unlisted && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body className="site">
        <a className="k-skip" href="#main">Skip to the page</a>
        <header className="top">
          <a className="top__name" href="/">{practice.name}</a>
          <nav aria-label="Main" className="top__nav">
            {links.map(([href, label]) => <a key={href} href={href} aria-current={href === here ? 'page' : undefined}>{label}</a>)}
          </nav>
          <a className="top__help" href="/help">Help right now</a>
        </header>
        <main id="main" tabIndex={-1}>{children}</main>
        <footer className="foot">
          <p>{practice.name} · <a href={`tel:${practice.phone.replaceAll(/[^\d+]/g, '')}`}>{practice.phone}</a> · {practice.hours}</p>
          <p>In care here? <a href="/my">Your own pages</a> · <a href="/work">For staff</a></p>
          <p>These pages are plain documents. They run no scripts, set no cookies, and load nothing from anywhere else.</p>
        </footer>
      </body>
    </html>
  )
}
