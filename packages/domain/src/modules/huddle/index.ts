export { HuddleEntry } from './huddle.entity.ts'
