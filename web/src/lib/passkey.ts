import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'

/** Has the browser sign with a passkey; null when the person turned away, or there is none that fits. */
export const answerPasskey = (options: string): Promise<string | null> =>
  orNull(() => startAuthentication({ optionsJSON: JSON.parse(options) as Parameters<typeof startAuthentication>[0]['optionsJSON'] }))

/** Has the browser make a passkey; null when the person turned away. */
export const makePasskey = (options: string): Promise<string | null> =>
  orNull(() => startRegistration({ optionsJSON: JSON.parse(options) as Parameters<typeof startRegistration>[0]['optionsJSON'] }))

async function orNull(ask: () => Promise<object>): Promise<string | null> {
  try {
    return JSON.stringify(await ask())
  } catch (error) {
    if (error instanceof WebAuthnError || error instanceof DOMException) return null
    throw error
  }
}
