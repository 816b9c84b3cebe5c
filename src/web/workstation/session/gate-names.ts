export { gateNames } from '../../../core/session/gate-names.ts'
