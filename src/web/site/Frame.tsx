import type { ReactNode } from 'react'
import { Head, type HeadProps } from './Head.tsx'
import type { PracticeView } from './practice.ts'

export interface FrameProps extends HeadProps {
  readonly practice: PracticeView
  readonly description: string
  readonly here?: string
  readonly children: ReactNode
}

const links = [['/', 'KAP here'], ['/check', 'A private check'], ['/quizzes', 'Short looks'], ['/inquiry', 'Write to us']] as const

/** The house around every public page. A plain document: no script, no cookie, nothing from elsewhere. */
export function Frame({ practice, title, description, here, stylesheet, unlisted = false, children }: FrameProps) {
  return (
    <html lang="en">
      <Head title={title} description={description} stylesheet={stylesheet} unlisted={unlisted} />
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
