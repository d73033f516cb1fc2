export { AuditEvent } from './audit.entity.ts'
export { keepDoorEvent } from './keep-door-event.ts'
export { keepEvent } from './keep-event.ts'
