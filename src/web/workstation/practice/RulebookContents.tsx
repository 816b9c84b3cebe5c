import { useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { shipped } from '../../sync/editions.ts'
import { sources, type SourceId } from '../../../knowledge/sources.ts'
import { Badge, Disclosure, EmptyState, StatusLine, Tag, TextField } from '../../kit/index.ts'
import { plainDay } from '../times.ts'
import { bookOf, find } from './book/book.ts'
import { RowCodes } from './codes/Codes.tsx'
import { HereContext } from './editions/here.ts'
import { tagWords, type BookRule, type Chapter } from './book/rule.ts'

const SOURCES = 'sources'
const chapterOf = (hash: string, book: readonly Chapter[]) => { const id = hash.replace('#', ''); return id === SOURCES || book.some((chapter) => chapter.id === id) ? id : book[0]?.id ?? '' }

/** The book itself: its chapters at the side, one of them open, and a way to look for a word in all of them. */
export default function RulebookContents({ protocols = shipped.protocols }: { readonly protocols?: Rulebook['protocols'] }) {
  const book = useMemo(() => bookOf(protocols), [protocols])
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(() => chapterOf(window.location.hash, book))
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const turn = () => { setOpen(chapterOf(window.location.hash, book)); setWords(''); top.current?.scrollIntoView({ block: 'start' }) }
    window.addEventListener('hashchange', turn)
    return () => window.removeEventListener('hashchange', turn)
  }, [book])
  const found = useMemo(() => find(words, book), [words, book])
  const looking = words.trim() !== ''
  const chapter = book.find(({ id }) => id === open)
  const next = book[book.findIndex(({ id }) => id === open) + 1]
  const hits = found.reduce((sum, { groups }) => sum + groups.reduce((rules, group) => rules + group.rules.length, 0), 0)
  return (
    <div className="p-book" ref={top}>
      <div className="p-book__side">
        <TextField label="Look for" type="search" required={false} hint="A word, a medicine, or a rule’s number" value={words} onChange={setWords} />
        <nav aria-label="Chapters of the rulebook">
          <ol className="p-book__chapters">
            {book.map(({ id, title }) => <li key={id}><a href={`#${id}`} aria-current={!looking && id === open ? 'true' : undefined}>{title}</a></li>)}
            <li><a href={`#${SOURCES}`} aria-current={!looking && open === SOURCES ? 'true' : undefined}>Sources</a></li>
          </ol>
        </nav>
      </div>
      <div className="p-book__page">
        <StatusLine>{looking ? (hits === 1 ? '1 rule holds these words.' : `${hits} rules hold these words.`) : ''}</StatusLine>
        {looking && hits === 0 && <EmptyState what="No rule holds these words." begin="Try a single word, or the name of a medicine." />}
        {looking ? found.map((one) => <ChapterText key={one.id} chapter={one} short />) : open === SOURCES ? <Sources /> : chapter && <ChapterText chapter={chapter} />}
        {!looking && chapter && <p className="p-book__next">{next ? <a href={`#${next.id}`}>Next: {next.title}</a> : <a href={`#${SOURCES}`}>Next: Sources</a>}</p>}
      </div>
    </div>
  )
}

const FOLDS_FROM = 30

function ChapterText({ chapter: { id, title, intro, groups }, short = false }: { readonly chapter: Chapter; readonly short?: boolean }) {
  // A long chapter is a list of its parts; what was looked for stands open.
  const folds = !short && groups.length > 1 && groups.reduce((sum, { rules }) => sum + rules.length, 0) > FOLDS_FROM
  return (
    <section aria-labelledby={`chapter-${id}`} className="p-chapter">
      <h2 id={`chapter-${id}`} className="p-book__title">{title}</h2>
      {!short && <p className="p-book__intro">{intro}</p>}
      {groups.map((group, place) => {
        const rules = <ol className={group.rules.some(({ id: one }) => isNumbered(one)) ? 'p-rules' : 'p-rules p-rules--plain'}>{group.rules.map((rule) => <Rule key={rule.id} rule={rule} />)}</ol>
        return (
          <section key={group.title} aria-label={`${title}: ${group.title}`}>
            {folds ? <Disclosure open={place === 0} summary={<h3 className="p-chapter__fold">{group.title} <span className="soft small">{group.rules.length === 1 ? '1 rule' : `${group.rules.length} rules`}</span></h3>}>{rules}</Disclosure> : <><h3>{group.title}</h3>{rules}</>}
          </section>
        )
      })}
    </section>
  )
}

/** Numbers that people use for a rule, such as B02 or D7; the rest have names of the program's own. */
const isNumbered = (id: string) => /^[A-Z][A-Z0-9-]*$/.test(id)

function Rule({ rule: { id, says, when, lines = [], basis, tag, cites, verified, reviewBy } }: { readonly rule: BookRule }) {
  const named = cites.filter((cite) => cite !== 'P')
  const here = useContext(HereContext).get(id) ?? []
  return (
    <li className="p-rule" id={`rule-${id}`}>
      <span className="p-rule__id numbers">{isNumbered(id) ? id : ''}</span>
      <div className="p-rule__text">
        <p className="p-rule__says">{says}</p>
        {here.map((line) => <p key={line} className="p-rule__here"><Tag>this practice</Tag> {line}</p>)}
        {when && <p className="p-rule__when"><span className="soft">When:</span> {when}</p>}
        {lines.length > 0 && <ul className="p-rule__lines">{lines.map((line, place) => <li key={place}>{line}</li>)}</ul>}
        <RowCodes id={id} />
        {basis && <p className="p-rule__basis">{basis}</p>}
        <p className="p-rule__foot p-rule__foot--marks">
          <Tag>{tagWords[tag]}</Tag> {!verified && <Badge level="caution">not verified</Badge>} <span>Read again by {plainDay(reviewBy)}.</span>
        </p>
        {named.length > 0 && <p className="p-rule__foot">{named.map((cite, place) => <span key={cite}>{place > 0 && '; '}{titleOf(cite)}</span>)}</p>}
      </div>
    </li>
  )
}

const titleOf = (cite: string): string => (Object.hasOwn(sources, cite) ? sources[cite as SourceId].title : cite)

const Sources = () => (
  <section aria-labelledby="chapter-sources" className="p-chapter">
    <h2 id="chapter-sources" className="p-book__title">Sources</h2>
    <p className="p-book__intro">What the rules lean on, and what of it was read. A figure quoted from an abstract is weaker than one seen in the full text.</p>
    <ol className="p-sources">
      {Object.entries(sources).map(([id, { title, note }]) => <li key={id} id={`source-${id}`}><span className="p-rule__id numbers">{id}</span><span>{title}. <span className="soft">Read: {note}.</span></span></li>)}
    </ol>
  </section>
)
