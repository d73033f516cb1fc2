/** 128 random bits in hex, for idempotency keys. Not `crypto.randomUUID`, which browsers keep from plain-http addresses other than localhost. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
