import { Refused } from './client.ts'
import { clock } from './clock.ts'
import { newId } from './new-id.ts'

const unanswered = new Map<string, string>()

/**
 * Sends an act that the server judges, under an id that stays the same until it was answered: pressed again after its
 * answer was lost, it is stored once. `said` is all that it says, without the code it is signed with; with anything
 * else in it, it is another act.
 */
export async function sendAct<Answer>(said: readonly unknown[], send: (id: string) => Promise<Answer>): Promise<Answer> {
  const key = JSON.stringify(said)
  const id = unanswered.get(key) ?? newId(clock.ms())
  unanswered.set(key, id)
  try {
    const answer = await send(id)
    unanswered.delete(key)
    return answer
  } catch (failure) {
    // Whoever is refused has changed nothing; what broke on the way may still have been stored.
    if (failure instanceof Refused && failure.status < 500) unanswered.delete(key)
    throw failure
  }
}
