import { type Day, onWall } from '@carecommons/kernel'

/** The day of the last moment before an instant. */
export const dayBefore = (zone: string, until: string): Day => onWall(zone, new Date(new Date(until).getTime() - 1)).day
