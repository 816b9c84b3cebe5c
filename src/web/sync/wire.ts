import type { ChartHead } from '../../core/contract/charting.ts'
import type { Request, Response } from '../../core/contract/contract.ts'
import { call } from './client.ts'
import { openLive, type LiveParts } from './live-stream.ts'
import type { Post } from './outbox.ts'
import { postAct } from './post-act.ts'

/** How a device reaches the server. */
export interface Wire {
  readonly post: Post
  readonly open: LiveParts['open']
  readonly readHead: (chart: string) => Promise<ChartHead>
  readonly unlock?: (pin: string) => Promise<Response<'unlock'>>
  /** Who is signed in on this browser now; refused where nobody is. It keeps no sign-in awake. */
  readonly whoIsIn?: () => Promise<string | null>
  /** Lets a second person in on this device, and says who is. */
  readonly enrolGuest?: (request: Request<'enrolGuest'>) => Promise<Response<'enrolGuest'>>
  readonly endGuest?: (request: Request<'endGuest'>) => Promise<Response<'endGuest'>>
  readonly guests?: (request: Request<'guests'>) => Promise<Response<'guests'>>
}

export const overHttp: Wire = { post: postAct, open: openLive, readHead: (chart) => call('chart', { params: { chart } }), whoIsIn: () => call('me').then(({ person }) => person) }
