export const proof = {
  code: 'Code',
  codeHint: 'Six digits from your authenticator app',
  recoveryCode: 'Recovery code',
  recoveryCodeHint: 'One of the ten you were told; each works once',
  usePasskey: 'Use your passkey',
  passkeyHint: 'Your device asks for your finger, your face or its PIN.',
  passkeyFailed: 'No passkey answered. Try again, or use another way.',
  notConfirmed: 'Not confirmed',
  instead: {
    PASSWORD: 'Use your password instead',
    PASSKEY: 'Use a passkey instead',
    TOTP: 'Use your authenticator app instead',
    RECOVERY_CODE: 'Use a recovery code instead',
  },
  confirmTitle: 'Confirm that it is you',
  confirmWhy: 'This must not happen from a screen that somebody left open, so it asks once more who you are.',
  confirm: 'Confirm',
}
