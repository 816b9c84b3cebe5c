/** How far a joint plan has come: of so many steps the number, and how many have a plan so far. */
export interface JointProgress {
  readonly doing: 'alone' | 'in-turn' | 'pricing' | 'choosing' | 'improving' | 'the-rest'
  readonly step: number
  readonly of: number
  readonly placed: number
}

/** What part of the time each takes on a list of a hundred; `bench/joint.mjs` measures it. The second choice and the rest are what is left over. */
const parts: Readonly<Record<JointProgress['doing'], readonly [from: number, to: number]>> = {
  alone: [0, 0.21], 'in-turn': [0.21, 0.49], pricing: [0.49, 0.53], choosing: [0.53, 0.55], improving: [0.55, 0.97], 'the-rest': [0.97, 1],
}

/** The part of all the work that is done, from 0 to 1, as far as that can be known beforehand. */
export function shareDone({ doing, step, of }: Pick<JointProgress, 'doing' | 'step' | 'of'>): number {
  const [from, to] = parts[doing]
  return from + (to - from) * (of > 0 ? Math.min(1, step / of) : 1)
}
