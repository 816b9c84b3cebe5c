import { z } from 'zod'
import { copySchema } from '../measures/own-copy.ts'
import { route } from './route.ts'

const code = z.string().regex(/^\d{6}$/)
const choice = z.object({
  instrument: z.string(), version: z.string(), kind: z.enum(['condition', 'copy', 'stopped']), statement: z.string(), copy: copySchema.nullable(),
  /** The digest of the form with these words, as answers name it. */
  textSha256: z.string().nullable(),
  /** Empty for a patient: they are told what they read, not who signed for it. */
  by: z.string(), at: z.string(),
})

/** The questionnaires that are not free for all: what this practice has accepted, loaded or stopped, oldest first. */
export const formRoutes = {
  formChoices: route({ method: 'GET', path: '/api/forms', who: 'signed-in', audit: null, background: true, response: z.object({ choices: z.array(choice) }) }),
  /** One signature. A clause is accepted as it stands here, word for word; a copy is taken whole or not at all. */
  signForm: route({
    method: 'POST', path: '/api/forms', who: 'rulebook.adopt', audit: 'form.signed', response: z.object({ choices: z.array(choice) }),
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('condition'), id: z.uuid(), instrument: z.string().max(60), clause: z.string().max(2_000), code }),
      z.object({ kind: z.literal('copy'), id: z.uuid(), instrument: z.string().max(60), copy: z.unknown(), code }),
      z.object({ kind: z.literal('stopped'), id: z.uuid(), instrument: z.string().max(60), why: z.string().trim().min(1).max(2_000), code }),
    ]),
  }),
} as const
