import { z } from 'zod'
import { route } from './route.ts'

const system = z.enum(['icd10cm', 'rxnorm', 'loinc'])
const file = z.object({ file: z.string(), form: z.string(), release: z.string().optional(), sha256: z.string(), codes: z.int() })

/** Every public code that ships, and what the official releases that this practice has compared say about it. */
export const codesRoutes = {
  rulebookCodes: route({
    method: 'GET', path: '/api/rulebook/codes', who: 'rulebook.read', audit: null,
    response: z.object({
      /** Why what was recorded cannot be read; then nothing counts as compared. */
      broken: z.string().nullable(),
      compared: z.array(z.object({ system, at: z.string(), files: z.array(file) })),
      codes: z.array(z.object({ system, code: z.string(), prefix: z.boolean(), says: z.string().optional(), usedBy: z.array(z.string()), verdict: z.enum(['there', 'heading', 'named-otherwise', 'not-an-ingredient', 'discouraged', 'deprecated', 'not-there', 'not-compared']), official: z.string().optional() })),
    }),
  }),
} as const
