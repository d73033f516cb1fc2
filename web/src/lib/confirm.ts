import { createContext } from 'react'

/** Asks the person to prove who they are; true when they did. */
export const ConfirmContext = createContext<() => Promise<boolean>>(() => Promise.resolve(false))
