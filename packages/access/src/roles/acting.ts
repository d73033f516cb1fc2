import type { Viewer } from '../viewer.ts'

/** Who acts, as every scope carries it. */
export const acting = ({ userId, membershipId, organizationId }: Viewer) => ({ userId, membershipId, organizationId })
