import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Protocol } from '../../core/course/protocol.ts'
import type { Instrument } from '../../core/measures/instrument.ts'
import type { AnswerAsked } from './answer.ts'
import { AnswerPage, EndedPage, GonePage, StaysPage, TakenPage, ThanksPage, WhereKeptPage, type WhereKept } from './AnswerPage.tsx'
import { BareFrame } from './BareFrame.tsx'
import { CheckPage } from './CheckPage.tsx'
import { Frame } from './Frame.tsx'
import { HelpPage } from './Help.tsx'
import { HomePage } from './HomePage.tsx'
import { InquiryPage, SentPage } from './InquiryPage.tsx'
import type { PracticeView, SentForm } from './practice.ts'
import { QuizPage, quizOf, QuizzesPage } from './QuizPage.tsx'
import { BackPage, CoveredPage, QuestionsHelpPage, QuestionsPage, type QuestionsAsked } from './questions/QuestionsPage.tsx'

export { readAnswer } from './answer.ts'
export { readInquiry, type Inquiry, type ReadInquiry } from './inquiry.ts'
export type { FormValues, PracticeView, SentForm } from './practice.ts'

export interface SiteRequest {
  readonly path: string
  readonly practice: PracticeView
  readonly protocol: Protocol
  /** What was sent and comes back, with what to put right; or answers carried over from the private check. */
  readonly form?: SentForm | undefined
  readonly sent?: boolean | undefined
  /** The form of a quiz in words that this practice may show; nothing where it has none. */
  readonly quizForm?: Instrument | undefined
  /** Where the built `site.css` is served; its name changes with its content. */
  readonly stylesheet?: string | undefined
}

/** One public page as a whole document. */
export function renderSite(request: SiteRequest): { readonly status: number; readonly html: string } {
  const page = pageOf(request)
  const { practice, stylesheet = '/site.css' } = request
  const document = (
    <Frame practice={practice} stylesheet={stylesheet} title={page.title} description={page.description} {...(page.here && { here: page.here })} unlisted={page.unlisted ?? false}>
      {page.body}
    </Frame>
  )
  return { status: page.status ?? 200, html: `<!doctype html>${renderToStaticMarkup(document)}` }
}

/** What whoever holds a link is shown: the questions, thanks, or that it does not work any more. */
export type AnswerPageAsked =
  | ({ readonly page: 'asked'; readonly form?: SentForm | undefined; readonly stylesheet?: string } & AnswerAsked)
  | ({ readonly page: 'where-kept'; readonly stylesheet?: string } & WhereKept)
  | ({ readonly page: 'questions'; readonly stylesheet?: string; readonly script?: string } & QuestionsAsked)
  | { readonly page: 'help'; readonly from: string; readonly phone: string; readonly hours: string; readonly watched: string; readonly more: boolean; readonly tablet?: QuestionsAsked['tablet']; readonly stylesheet?: string }
  | { readonly page: 'thanks' | 'stays' | 'taken' | 'gone' | 'ended' | 'back' | 'covered'; readonly from: string; readonly phone: string; readonly forms?: number; readonly stylesheet?: string }

export function renderAnswer(asked: AnswerPageAsked): { readonly status: number; readonly html: string } {
  const { from, stylesheet = '/site.css' } = asked
  const { title, body, status = 200 } = answerOf(asked)
  const script = asked.page === 'questions' ? asked.script : undefined
  const tablet = asked.page === 'back' || asked.page === 'covered' || ((asked.page === 'questions' || asked.page === 'help') && asked.tablet !== undefined)
  return { status, html: `<!doctype html>${renderToStaticMarkup(<BareFrame from={from} title={`${title} · ${from}`} stylesheet={stylesheet} script={script} tablet={tablet}>{body}</BareFrame>)}` }
}

function answerOf(asked: AnswerPageAsked): { readonly title: string; readonly body: ReactElement; readonly status?: number } {
  const { phone } = asked
  switch (asked.page) {
    case 'asked': case 'questions': {
      const wrong = Object.keys(asked.form?.problems ?? {}).length > 0
      const title = asked.page === 'questions' ? asked.instrument.title : asked.asks === 'moved' ? 'Your appointments' : asked.asks === 'where' ? 'Where will you be?' : 'A few questions'
      return { title: wrong ? 'Not sent yet' : title, body: asked.page === 'questions' ? <QuestionsPage asked={asked} /> : <AnswerPage asked={asked} form={asked.form} />, status: wrong ? 422 : 200 }
    }
    case 'help': return { title: 'Thank you', body: <QuestionsHelpPage asked={asked} /> }
    case 'where-kept': return { title: 'Thank you', body: <WhereKeptPage asked={asked} /> }
    case 'thanks': return { title: 'Thank you', body: <ThanksPage phone={phone} forms={asked.forms ?? 0} /> }
    case 'stays': return { title: 'Your appointment stays', body: <StaysPage phone={phone} /> }
    case 'back': return { title: 'Thank you', body: <BackPage /> }
    case 'covered': return { title: 'Give the tablet back', body: <CoveredPage /> }
    case 'taken': return { title: 'The new time was just taken', body: <TakenPage phone={phone} /> }
    case 'gone': return { title: 'The sooner time is gone', body: <GonePage phone={phone} /> }
    case 'ended': return { title: 'This link does not work any more', body: <EndedPage phone={phone} />, status: 404 }
  }
}

interface SitePage {
  readonly title: string
  readonly description: string
  readonly body: ReactElement
  readonly here?: string
  readonly status?: number
  readonly unlisted?: boolean
}

function pageOf({ path, practice, protocol, form, quizForm, sent = false }: SiteRequest): SitePage {
  const at = path.split('?')[0]?.replace(/(.)\/+$/, '$1')
  const titled = (words: string) => `${words} · ${practice.name}`
  if (at === '/') return { title: titled('Ketamine-assisted psychotherapy'), description: `What ketamine-assisted psychotherapy is, for whom, what it asks of you, and what is known. ${practice.name}.`, here: '/', body: <HomePage practice={practice} protocol={protocol} /> }
  if (at === '/check') return { title: titled('A private check'), description: 'A few questions that stay on your own screen.', here: '/check', body: <CheckPage protocol={protocol} /> }
  if (at === '/inquiry/sent' || (at === '/inquiry' && sent)) return { title: titled('Thank you'), description: 'Your request has arrived.', unlisted: true, body: <SentPage practice={practice} protocol={protocol} /> }
  if (at === '/inquiry') {
    const wrong = Object.keys(form?.problems ?? {}).length > 0
    return { title: titled(wrong ? 'Not sent yet' : 'Write to us'), description: 'Ask for a first call.', here: '/inquiry', status: wrong ? 422 : 200, body: <InquiryPage practice={practice} protocol={protocol} form={form} /> }
  }
  if (at === '/quizzes') return { title: titled('Six short looks at yourself'), description: 'Short questions about yourself that stay on your own screen.', here: '/quizzes', body: <QuizzesPage /> }
  const quiz = at?.startsWith('/quizzes/') ? quizOf(at.slice('/quizzes/'.length)) : undefined
  if (quiz) return { title: titled(quiz.title), description: quiz.about, here: '/quizzes', body: <QuizPage quiz={quiz} form={quizForm} /> }
  if (at === '/help') return { title: titled('Help right now'), description: 'Call or text 988, call 911, or text 741741.', here: '/help', body: <HelpPage practice={practice} /> }
  return { title: titled('Not here'), description: 'There is no such page.', status: 404, unlisted: true, body: <Missing /> }
}

const Missing = () => (
  <article className="single">
    <h1>This page is not here</h1>
    <p className="opening__lead">The address may be old, or a letter is wrong. Nothing was lost.</p>
    <p><a href="/">Go to the first page</a>, <a href="/inquiry">write to us</a>, or find <a href="/help">help right now</a>.</p>
  </article>
)
