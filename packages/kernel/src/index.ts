export { addDays, addMonths, ageOn, type Day, daysBetween, daysInMonth, isDay, offsetMinutesIn } from './calendar.ts'
export { type Clock, clockAt, systemClock } from './clock.ts'
export { type Id, isUuid, newId, newUndatedId } from './ids.ts'
export { isRefusal, type Refusal, refused } from './result.ts'
