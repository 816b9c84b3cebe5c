import { describe, expect, test } from 'vitest'
import { Offline, Refused } from './client.ts'
import { sendAct } from './send-act.ts'

const refused = (status: number) => new Refused(status, 'x', 'x')
async function idsOf(...tries: readonly { said: readonly unknown[]; ends: 'answered' | Error }[]) {
  const ids: string[] = []
  for (const { said, ends } of tries) await sendAct(said, (id) => { ids.push(id); return ends === 'answered' ? Promise.resolve() : Promise.reject(ends) }).catch(() => {})
  return ids
}

describe('an act keeps its id until it was answered', () => {
  test.each([
    ['the answer was lost', new Offline(), true], ['the server broke', refused(500), true], ['it was refused', refused(422), false], ['it was answered', 'answered' as const, false],
  ])('%s', async (name, ends, same) => {
    const [first, second] = await idsOf({ said: ['order', name], ends }, { said: ['order', name], ends: 'answered' })
    expect(first === second).toBe(same)
  })
  test('with something else in it, it is another act', async () => {
    const [first, other, again] = await idsOf({ said: ['order', 35], ends: new Offline() }, { said: ['order', 40], ends: new Offline() }, { said: ['order', 35], ends: 'answered' })
    expect(other).not.toBe(first)
    expect(again).toBe(first)
  })
})
