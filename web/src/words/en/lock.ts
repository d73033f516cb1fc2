export const lock = {
  title: 'Locked',
  why: (name: string) => `${name}, nobody used this screen for 15 minutes. Everything is as you left it.`,
  unlock: 'Unlock',
}
