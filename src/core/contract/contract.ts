import { charting } from './charting.ts'
import { codesRoutes } from './codes.ts'
import { formRoutes } from './forms.ts'
import { editionRoutes } from './editions.ts'
import { fileRoutes } from './files.ts'
import { groupRoutes } from './groups.ts'
import { guestRoutes } from './guests.ts'
import { ledgerRoutes } from './ledger.ts'
import { onCallRoutes } from './on-call.ts'
import { onlineRoutes } from './online.ts'
import { outcomeRoutes } from './outcomes.ts'
import { ownCalendarRoutes } from './own-calendars.ts'
import { paperRoutes } from './paper.ts'
import { proposalRoutes } from './proposals.ts'
import type { AnswerOf, ParsedOf, RequestOf, ResponseOf, Route } from './route.ts'
import { quarantineRoutes } from './quarantine.ts'
import { fillRoutes } from './fill.ts'
import { running } from './running.ts'
import { signingIn } from './signing-in.ts'
import { jointRoutes } from './joint.ts'
import { therapy } from './therapy.ts'

/** Every route of the product, once. Type, check, permission, audit line and documentation come from here. */
export const contract = { ...signingIn, ...charting, ...codesRoutes, ...formRoutes, ...editionRoutes, ...proposalRoutes, ...paperRoutes, ...running, ...jointRoutes, ...quarantineRoutes, ...ledgerRoutes, ...fileRoutes, ...guestRoutes, ...groupRoutes, ...ownCalendarRoutes, ...therapy, ...onlineRoutes, ...fillRoutes, ...onCallRoutes, ...outcomeRoutes } as const satisfies Record<string, Route>

export type RouteName = keyof typeof contract
export const routeNames = Object.keys(contract) as RouteName[]
export type Request<Name extends RouteName> = RequestOf<(typeof contract)[Name]>
export type Parsed<Name extends RouteName> = ParsedOf<(typeof contract)[Name]>
export type Response<Name extends RouteName> = ResponseOf<(typeof contract)[Name]>
export type Answer<Name extends RouteName> = AnswerOf<(typeof contract)[Name]>
