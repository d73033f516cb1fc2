import { MembersList } from './members-list.tsx'

/** The region's payers. */
export function Component() {
  return <MembersList kind="PAYER" />
}
