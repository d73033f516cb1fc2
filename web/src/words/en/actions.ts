import { n } from './counting.ts'

export const actions = {
  tryAgain: 'Try again',
  reload: 'Reload the page',
  close: 'Close',
  cancel: 'Cancel',
  print: 'Print this page',
  goHome: 'Go to the first page',
  signOut: 'Sign out',
  lightTheme: 'Light theme',
  darkTheme: 'Dark theme',
  otherTheme: 'Switch between light and dark',
  showAll: (count: number) => `Show all ${n(count)}`,
  showFewer: 'Show fewer',
}
