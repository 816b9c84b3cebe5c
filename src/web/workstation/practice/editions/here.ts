import { createContext } from 'react'

/** By the row's id, what the practice's own edition says there instead of what ships. */
export const HereContext = createContext<ReadonlyMap<string, readonly string[]>>(new Map())
