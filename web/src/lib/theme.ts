/** The chosen theme, or null to follow the system. The only thing this app keeps in storage; `public/theme.js` reads it before first paint. */
export type Theme = 'light' | 'dark'

export function shownTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Switches to the other theme. Choosing what the system says goes back to following it. */
export function toggleTheme(): Theme {
  const next: Theme = shownTheme() === 'dark' ? 'light' : 'dark'
  const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  if (next === system) {
    delete document.documentElement.dataset['theme']
    localStorage.removeItem('theme')
  } else {
    document.documentElement.dataset['theme'] = next
    localStorage.setItem('theme', next)
  }
  return next
}
