import { MembersList } from './members-list.tsx'

/** The region's practices. */
export function Component() {
  return <MembersList kind="PRACTICE" />
}
