export const frame = {
  skip: 'Skip to the page',
  search: 'Search or go to',
  navigation: 'Pages',
  menu: 'Menu',
  more: 'More',
  actingAs: 'Acting for',
  // Some people are called what they are.
  membership: (name: string, role: string) => (name.toLowerCase() === role.toLowerCase() ? name : `${name}, ${role}`),
  switch: 'Act under another membership',
  actAs: (organization: string, role: string) => `Act for ${organization} as ${role}`,
}
