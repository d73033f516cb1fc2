import fc from 'fast-check'
import { ownPath } from './own-path.ts'

test('a page of ours stays as it is', () => {
  for (const path of ['/', '/registry', '/registry?condition=diabetes&open=1', '/patients/01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'])
    expect(ownPath(path)).toBe(path)
})

test('whatever is asked for, a browser stays here', () => {
  const pieces = fc.constantFrom(
    '/',
    '//',
    '\\',
    '.',
    '..',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    '%5c',
    '\t',
    '\n',
    ' ',
    'evil.example',
    'https:',
    'javascript:',
    'auth',
    'é',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (to) => {
        const path = ownPath(to)
        for (const base of ['https://own.example', 'http://own.example:8080']) {
          const url = new URL(path, `${base}/auth/oidc/callback`)
          expect({ to, origin: url.origin }).toEqual({ to, origin: base })
          expect(url.pathname.startsWith('/auth/')).toBe(false)
        }
      },
    ),
    { numRuns: 5000 },
  )
  for (const to of [undefined, null, 1, ['/registry'], { a: 1 }]) expect(ownPath(to)).toBe('/')
})
