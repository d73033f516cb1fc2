export const problems = {
  offline: { title: 'CareCommons cannot be reached', advice: 'Check the connection, then try again. Nothing you did is lost.' },
  'signed-out': { title: 'You are signed out', advice: 'Sign in again to go on.' },
  refused: {
    title: 'Your role does not include this',
    advice: 'If you need it for your work, ask the administrator of your organization.',
  },
  failed: { title: 'This part could not be loaded', advice: 'Try again in a moment.' },
  stale: 'This could not be refreshed; you see it as it was',
  quote: (id: string) => `If it stays, tell support this id: ${id}.`,
  broken: 'This page stopped working',
  brokenAdvice: 'Reloading usually helps.',
  noHome: 'There is no page for your role yet',
  noHomeAdvice: 'Ask the administrator of your region.',
  noPage: 'No such page',
  noPageWhy: 'There is nothing at this address for you',
  noPageAdvice: 'The link may be old, or meant for another role.',
}
