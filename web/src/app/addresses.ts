/** Every address of the web, for whichever role. The build writes them beside the pages: of others the server says that there is none. */
export const addresses = [
  '/',
  '/account',
  '/agreements',
  '/care-managers',
  '/emergencies',
  '/events',
  '/join',
  '/measures',
  '/measures/:hash',
  '/patients/:id',
  '/patients/:id/sharing',
  '/patients/:id/why/:measure',
  '/payers',
  '/payers/:id',
  '/people',
  '/practices',
  '/practices/:id',
  '/registry',
  '/roles',
  '/runs',
  '/shared',
  '/sign-in',
  '/systems',
  '/who-looked',
] as const

export type Address = (typeof addresses)[number]
