/** The queue's storage was never made, or is older than this version. */
export class QueueNotPrepared extends Error {}
