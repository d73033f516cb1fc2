import { n } from './counting.ts'

export const time = {
  seconds: (seconds: number) => `${n(seconds)} s`,
  minutes: (minutes: number, seconds: number) => `${n(minutes)} min ${seconds} s`,
}
