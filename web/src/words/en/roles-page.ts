export const rolesPage = {
  title: 'Roles',
  answer: 'What each role may do. Printed from the rules that the product itself goes by; what is not here is denied.',
  everybody: 'Everybody reads the directory and keeps their own sign-in.',
  columns: { subject: 'What', actions: 'May', reach: 'Of' },
  nothing: 'Nothing beyond that.',
  of: (holder: string, kind: string) => `a ${holder} of a ${kind.replace('-', ' ')}`,
}
