import { Story } from './journey/story.ts'
import { walk } from './journey/walk.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { test } from './support/test.ts'

/** One person is carried through all nine steps, by six people at their own screens. On a server of its own, since weeks go by. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

test('one person is carried from the first question to the follow-up, by six people at their own screens', async ({ browser }) => {
  test.setTimeout(600_000) // Under three minutes by itself; a shared machine may take longer.
  const story = new Story(browser, server.url)
  for (const [words, step] of walk) await test.step(words, () => step(story))
})
