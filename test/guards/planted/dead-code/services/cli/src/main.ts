import { used } from './half-used.ts'

used()
