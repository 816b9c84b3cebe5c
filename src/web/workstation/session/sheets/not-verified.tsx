import type { Tag } from '../../../../core/shared/cited.ts'

/** Whose words nobody has compared with a source yet. Said where they are chosen from, not in the rulebook alone. */
export function NotVerified({ rows }: { readonly rows: readonly { readonly name: string; readonly tag: Tag }[] }) {
  const recalled = rows.filter(({ tag }) => tag === 'M').map(({ name }) => name)
  return recalled.length === 0 ? null : <p className="soft small">Not verified: the steps of {recalled.join(', ')} are from memory.</p>
}
