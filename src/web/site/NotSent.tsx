/** What has to be looked at before a form is taken, each leading to its field; nothing where all is well. */
export function NotSent({ problems }: { readonly problems: Readonly<Record<string, string>> }) {
  const wrong = Object.entries(problems)
  if (wrong.length === 0) return null
  return (
    <div className="wrong" role="alert" aria-labelledby="wrong-heading">
      <h2 id="wrong-heading">Not sent yet</h2>
      <p>Everything you wrote is still here. Please look at:</p>
      <ul>{wrong.map(([name, problem]) => <li key={name}><a href={`#${name}`}>{problem}</a></li>)}</ul>
    </div>
  )
}
