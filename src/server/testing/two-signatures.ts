import { ask, type Actor, type World } from './world.ts'

/** What the second person writes. */
export const looked = 'I have looked at each loosened row.'

/** Proposed by one. */
export const propose = async (all: World, who: Actor, asked: object) => ask(all, 'proposeEdition', who.token, { body: { ...asked, code: await all.codeOf(who) } })

/** Signed by another, with what they looked at. */
export async function countersign(all: World, who: Actor, proposal: { readonly id: string; readonly sha256: string }, { reason = looked, code }: { reason?: string; code?: string } = {}) {
  return ask(all, 'countersignEdition', who.token, { params: { proposal: proposal.id }, body: { sha256: proposal.sha256, reason, code: code ?? (await all.codeOf(who)) } })
}

/** Both, one after the other. The answer is that of the first who was refused, or of the second signature. */
export async function byTwo(all: World, first: Actor, second: Actor, asked: object) {
  const proposed = await propose(all, first, asked)
  return proposed.statusCode === 200 ? countersign(all, second, proposed.json()) : proposed
}
