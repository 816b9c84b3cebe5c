export interface HeadProps {
  readonly title: string
  readonly description?: string
  readonly stylesheet: string
  /** Pages that are nobody's business are not offered to search engines. */
  readonly unlisted?: boolean
}

/** What every page of the site tells the browser: no script, and no word to anybody of where somebody came from. */
export const Head = ({ title, description, stylesheet, unlisted = false }: HeadProps) => (
  <head>
    <meta charSet="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{title}</title>
    {description !== undefined && <meta name="description" content={description} />}
    <meta name="theme-color" content="#fbf8f2" />
    <meta name="referrer" content="no-referrer" />
    {unlisted && <meta name="robots" content="noindex" />}
    <link rel="stylesheet" href={stylesheet} />
  </head>
)
