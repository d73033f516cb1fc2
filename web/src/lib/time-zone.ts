import { createContext } from 'react'

/** IANA name of the region's zone: instants are told on the region's wall clock, wherever the screen is. */
export const TimeZoneContext = createContext('UTC')
