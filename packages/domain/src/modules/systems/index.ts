export { SpentAssertion, SystemClient, SystemToken } from './systems.entity.ts'
