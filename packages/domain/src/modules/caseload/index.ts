export { CareCase, CaseRule, LeadLedger } from './caseload.entity.ts'
