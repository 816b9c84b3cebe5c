/** How urgent something is. There is no level for "fine": where nothing is wrong, nothing is shown. */
export type Level = 'caution' | 'call' | 'emergency'

const words: Record<Level, string> = { caution: 'caution', call: 'call', emergency: 'emergency' }

/** A level by shape, word and colour together, so that none of them has to be seen. */
export const Badge = ({ level, children }: { readonly level: Level; readonly children?: string }) => (
  <span className={`k-badge k-badge--${level}`}><LevelShape level={level} />{children ?? words[level]}{children && <span className="heard"> ({words[level]})</span>}</span>
)

/** A plain word in a frame, for what is a state and not a warning ("waiting for a signature"). */
export const Tag = ({ children }: { readonly children: string }) => <span className="k-tag">{children}</span>

const shapes: Record<Level, string> = {
  caution: 'M12 3 22.5 21h-21Z',
  call: 'M12 1.5 22.5 12 12 22.5 1.5 12Z',
  emergency: 'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z',
}

/** Triangle, diamond or octagon, each with its mark. */
export const LevelShape = ({ level }: { readonly level: Level }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={shapes[level]} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinejoin="round" />
    <path d={level === 'caution' ? 'M12 9.5v5' : 'M12 7v6.5'} stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    <circle cx="12" cy={level === 'caution' ? 17.7 : 17} r="1.4" fill="currentColor" />
  </svg>
)
