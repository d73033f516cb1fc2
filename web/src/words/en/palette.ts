export const palette = {
  title: 'Go to a page, an action or a patient',
  page: 'Page',
  born: (day: string) => `born ${day}`,
  nothing: 'Nothing fits. Try fewer letters, or a family name.',
}
