import { Notice } from '../kit/index.ts'

/** Why nothing binding can be done by the rules: what is wrong in the first sentence, what mends it in those after it. */
export function RulesNotice({ missing, kept, next }: { readonly missing: string; readonly kept: string; readonly next: string }) {
  const [what, ...mends] = missing.split(/(?<=\.) /)
  return <Notice urgent level="call" what={what!} kept={kept} next={[...mends, next].filter(Boolean).join(' ')} />
}
