import { z } from 'zod'

const MOST = 500
/** A host with a dot in it, no name or password before it, and nothing that a browser would read otherwise than a person does. */
const SHAPE = /^https:\/\/[a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,}(?::\d{2,5})?(?:[/?#][^\s"<>\\^`{|}@]*)?$/i

/** Where a visit online is joined: an https address of one line. An empty text takes it away. */
export const videoAddress = z.string().trim().max(MOST, `An address has at most ${MOST} characters.`).refine((text) => text === '' || SHAPE.test(text), 'An address begins with https://, names a host, and has no name, password or @ in it.')

/** What is wrong with an address as it was typed; nothing where it can be kept. */
export function videoAddressProblem(typed: string): string | undefined {
  const read = videoAddress.safeParse(typed)
  return read.success ? undefined : read.error.issues[0]?.message
}
