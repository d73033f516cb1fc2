export { AuditEvent, type AuditOutcome, AuditSeal, type Purpose } from './audit.entity.ts'
export { keepDoorEvent } from './keep-door-event.ts'
export { keepEvent, keepEvents, keepNotes } from './keep-event.ts'
export { keepJobEvent } from './keep-job-event.ts'
