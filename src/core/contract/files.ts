import { z } from 'zod'
import { route } from './route.ts'

/** A file of at most four million bytes, as base64. */
const MOST_BASE64 = 5_333_336

/** Bytes come first, under their digest; the entry that names them after. */
export const fileRoutes = {
  putFile: route({
    method: 'POST', path: '/api/charts/:chart/files', who: 'file.put', audit: 'file.put', background: true, params: z.object({ chart: z.uuid() }),
    body: z.object({ by: z.uuid().optional(), kind: z.string().max(60), sha256: z.string().regex(/^[0-9a-f]{64}$/), data: z.string().min(1).max(MOST_BASE64).regex(/^[A-Za-z0-9+/]+={0,2}$/) }), response: z.object({ kept: z.literal(true), again: z.boolean() }),
  }),
  /** The bytes that an entry names, asked for by the entry: a digest opens nothing. */
  file: route({ method: 'GET', path: '/api/charts/:chart/files/:entry', who: 'chart.read', audit: 'file.read', params: z.object({ chart: z.uuid(), entry: z.uuid() }), response: z.unknown() }),
} as const
