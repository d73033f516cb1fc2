export { AuditEvent } from './audit.entity.ts'
