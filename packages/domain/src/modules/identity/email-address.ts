/** An email address as it is kept and compared. */
export const keptEmail = (text: string): string => text.trim().toLowerCase()

/** The HTML standard's rule (html.spec.whatwg.org, valid e-mail address), with a dot in the domain, so that a browser's form and we agree. */
export const isEmailAddress = (kept: string): boolean => kept.length <= 254 && PATTERN.test(kept)

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const PATTERN = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@${LABEL}(?:\\.${LABEL})+$`)
