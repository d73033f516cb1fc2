/** A system has no mailbox; a user needs an address that nobody else has. The top-level domain is never given away (RFC 2606). */
export const systemAddress = (clientId: string): string => `${clientId}@systems.invalid`
