import type { StoredEntry } from '../../core/chart/entry.ts'

export interface Listener {
  /** The sign-in behind the stream: when that ends, the stream ends. */
  readonly token: string
  readonly signIn: string
  readonly stream: string
  /** How its reader stood to the chart when it was opened: whoever stands otherwise opens it anew. */
  readonly standing?: string
  hear(entries: readonly StoredEntry[]): void
  end(): void
}

/**
 * Who is listening to which stream on this node. Entries are published right after their commit, in this process;
 * other nodes would hear of them by the heads of the streams.
 */
export function liveHub() {
  const listeners = new Map<string, Set<Listener>>()
  const all = () => [...listeners.values()].flatMap((set) => [...set])
  return {
    listen(listener: Listener): () => void {
      const set = listeners.get(listener.stream) ?? new Set()
      listeners.set(listener.stream, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(listener.stream) === set) listeners.delete(listener.stream)
      }
    },
    publish(stream: string, entries: readonly StoredEntry[]) {
      if (entries.length > 0) for (const listener of listeners.get(stream) ?? []) listener.hear(entries)
    },
    /** Something was told to these people: whatever they have open may ask for it. Nothing of it travels here. */
    nudge(people: readonly string[]) {
      for (const person of new Set(people)) for (const listener of listeners.get(ofPerson(person)) ?? []) listener.hear([])
    },
    endSignIn(signIn: string) {
      for (const listener of all()) if (listener.signIn === signIn) listener.end()
    },
    endToken(token: string) {
      for (const listener of all()) if (listener.token === token) listener.end()
    },
    endAll() {
      for (const listener of all()) listener.end()
    },
    /** The tokens now listening, each once: the watch asks the database which of them have ended. */
    tokens: () => [...new Set(all().map(({ token }) => token))],
    /** Those who read a chart. */
    readers: () => all().filter((one): one is Listener & { readonly standing: string } => one.standing !== undefined),
    streams: () => [...listeners.keys()],
    count: () => all().length,
  }
}
/** The stream on which somebody hears that something was told to them. */
export const ofPerson = (person: string) => `person ${person}`
export type LiveHub = ReturnType<typeof liveHub>
