import { describe, expect, test } from 'vitest'
import { bringHeld, bringOwn, heldOf, type Held } from './bring.ts'
import { Offline, Refused } from './client.ts'
import type { Act } from './device-store.ts'

const held = (act: string, chart = 'c1'): Held => ({ act, chart, device: 'd', session: null, entries: ['e'], from: '', to: '', files: [], key: 'k', sealed: 'x' })
const moment = () => new Promise((resolve) => setTimeout(resolve, 0))

/** A device on which these lie, and a server that answers each as it is told to. */
function aDevice(lying: readonly Held[], answers: Readonly<Record<string, Error>> = {}) {
  const asked: string[] = []
  const kept: string[] = []
  const waiting: (() => void)[] = []
  return {
    asked, kept, waiting,
    later: (act: () => void) => { waiting.push(act); return () => { waiting.splice(waiting.indexOf(act), 1) } },
    parts: {
      held: async () => lying.filter(({ act }) => !kept.includes(act)),
      bring: async ({ act }: Held) => { asked.push(act); if (answers[act]) throw answers[act] },
      brought: async (act: string) => { kept.push(act) },
    },
  }
}

describe('of what lies on a device', () => {
  const record = { act: 'a', server: { key: 'k', sealed: new Uint8Array([1, 2, 3]) }, about: { chart: 'c1', stream: 'chart', device: 'd', session: null, entries: ['e'], from: '', to: '' } } as const
  test.each([
    ['an act on a chart', record, 1],
    ['what the server keeps already', { ...record, brought: true as const }, 0],
    ['a psychotherapy note', { ...record, about: { ...record.about, stream: 'notes' as const } }, 0],
    ['a journal', { ...record, about: { ...record.about, stream: 'journal' as const } }, 0],
    ['what was kept before there was anybody to seal it for', { act: 'a' }, 0],
  ])('%s', (_, one, count) => {
    expect(heldOf(one)).toHaveLength(count)
  })
  test('it is brought as it is sealed, with no more beside it than who, where, when and how many', () => {
    expect(heldOf(record)).toEqual([{ ...held('a'), sealed: 'AQID' }])
    expect(heldOf({ ...record, about: { ...record.about, files: ['digest'] } })).toEqual([{ ...held('a'), files: ['digest'], sealed: 'AQID' }])
  })
})

describe('what the server answers', () => {
  test.each<[string, Error | undefined, string[], string[], boolean]>([
    ['it keeps it', undefined, ['a', 'b'], ['a', 'b'], true],
    ['its author still has access', new Refused(409, 'quarantine.not-ended', 'No.'), ['a', 'b'], ['b'], true],
    ['this device may not', new Refused(403, 'quarantine.refused', 'No.'), ['a', 'b'], ['b'], true],
    ['too much at once', new Refused(429, 'too-many-requests', 'Later.'), ['a'], [], false],
    ['it broke', new Refused(500, 'internal', 'Broken.'), ['a'], [], false],
    ['nothing', new Offline(), ['a'], [], false],
  ])('%s', async (_, answer, asked, kept, done) => {
    const device = aDevice([held('a'), held('b')], answer && { a: answer })
    expect([await bringHeld(device.parts), device.asked, device.kept]).toEqual([done, asked, kept])
  })
})

describe('what a page could not send itself', () => {
  const refused = (id: string, chart: string, code = 'chart.unseen') => ({ id, chart, problem: { code, say: '', list: [] } }) as unknown as Act
  test('is brought once its chart is not shown any more, that chart’s alone; and what is refused later as well', async () => {
    const device = aDevice([held('a', 'c1'), held('b', 'c2')])
    const own = bringOwn(device.parts, device.later)
    own.unseen([refused('x', 'c2', 'entry.forbidden')])
    await moment()
    expect(device.asked).toEqual([])
    own.unseen([refused('a', 'c1')])
    await moment()
    own.unseen([refused('a', 'c1')])
    await moment()
    expect(device.asked).toEqual(['a'])
    own.unseen([refused('a', 'c1'), refused('b', 'c2')])
    await moment()
    expect(device.asked).toEqual(['a', 'b'])
  })
  test('is brought whole once the sign-in has ended, again and again until somebody answers, and not after the page has gone', async () => {
    const answers: Record<string, Error> = { a: new Offline() }
    const device = aDevice([held('a', 'c1'), held('b', 'c2')], answers)
    const own = bringOwn(device.parts, device.later)
    own.all()
    await moment()
    expect([device.asked, device.waiting.length]).toEqual([['a'], 1])
    delete answers['a']
    device.waiting[0]!()
    await moment()
    expect(device.kept).toEqual(['a', 'b'])
    own.stop()
  })
  test('a page that has gone tries no more', async () => {
    const device = aDevice([held('a')], { a: new Offline() })
    const own = bringOwn(device.parts, device.later)
    own.all()
    await moment()
    own.stop()
    expect(device.waiting).toHaveLength(0)
  })
})
