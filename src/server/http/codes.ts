import { nothingCompared, standingCodes } from '../../core/codes/record.ts'
import { readCodesRecord } from '../codes-record.ts'
import { shippedCodes } from '../shipped-codes.ts'
import type { Handlers } from './shell.ts'

/** What the rulebook says about its codes: never that they are right, only what which release said of them, and when. */
export const codesHandlers: Handlers<'rulebookCodes'> = {
  rulebookCodes(_, { shell: { dataDir } }) {
    const { record, broken } = dataDir === undefined ? { record: nothingCompared, broken: null } : readCodesRecord(dataDir)
    return Promise.resolve({
      broken, compared: record.compared.map(({ system, at, files }) => ({ system, at, files })),
      codes: standingCodes(shippedCodes, record).map(({ system, code, prefix, says, usedBy, verdict, official }) => ({ system, code, prefix, usedBy: [...usedBy], verdict, ...(says !== undefined && { says }), ...(official !== undefined && { official }) })),
    })
  },
}
