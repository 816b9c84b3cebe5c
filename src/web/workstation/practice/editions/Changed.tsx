import type { Response } from '../../../../core/contract/contract.ts'

type Preview = Pick<Response<'previewEdition'>, 'looked' | 'changed' | 'named'>

/** The open charts that would be judged otherwise: those of one's own by name, the others as a number. */
export function Changed({ preview: { looked, changed, named } }: { readonly preview: Preview }) {
  const others = changed - named.length
  return (
    <div role="status">
      <p><strong>{changed === 0 ? `None of ${looked} open charts would be judged otherwise.` : `${changed} of ${looked} open charts would be judged otherwise.`}</strong>{others > 0 && ` ${others} of them ${others === 1 ? 'is' : 'are'} not of your team.`}</p>
      {named.length > 0 && (
        <ul>
          {named.map(({ chart, name, before, after }) => (
            <li key={chart}>
              <strong>{name}</strong>: {before.decision === after.decision ? words(after.decision) : `${words(before.decision)} becomes ${words(after.decision)}`}{before.clearance !== after.clearance && `; clearance ${before.clearance} becomes ${after.clearance}`}.
              {' '}{[...listed('new', after.rules, before.rules), ...listed('no longer', before.rules, after.rules)].join('; ')}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
const words = (decision: string) => decision.toLowerCase().replaceAll('_', ' ')
const listed = (what: string, these: readonly string[], those: readonly string[]) => { const only = these.filter((rule) => !those.includes(rule)); return only.length > 0 ? [`${what}: ${only.join(', ')}`] : [] }
