import fc from 'fast-check'
import { documentLimits, openDocumentLimits } from './document-limits.ts'

const refusalOf = openDocumentLimits(true)

test('depth, aliases and fields are counted with every fragment in place', () => {
  const deep = (depth: number) => `{ ${'a { '.repeat(depth - 1)}a${' }'.repeat(depth - 1)} }`
  expect(refusalOf(deep(documentLimits.depth))).toBeNull()
  expect(refusalOf(deep(documentLimits.depth + 1))).toContain('levels')
  expect(refusalOf(`{ ...f } fragment f on Q ${deep(documentLimits.depth + 1)}`)).toContain('levels')
  const aliases = (n: number) => Array.from({ length: n }, (_, i) => `a${i}: a`).join(' ')
  expect(refusalOf(`{ ${aliases(documentLimits.aliases)} }`)).toBeNull()
  expect(refusalOf(`query a { ${aliases(16)} } query b { ${aliases(16)} }`)).toContain('aliases')
  expect(refusalOf(`{ ...f x { ...f } } fragment f on Q { ${aliases(16)} }`)).toContain('aliases')
})

test('fragments that double are counted at once', () => {
  const doubling = fc.integer({ min: 1, max: 150 })
  fc.assert(
    fc.property(doubling, (n) => {
      const fragments = Array.from({ length: n }, (_, i) => `fragment f${i} on Q { ${i === n - 1 ? 'a' : `...f${i + 1} ...f${i + 1}`} }`)
      const refusal = refusalOf(`{ ...f0 } ${fragments.join(' ')}`)
      if (2 ** (n - 1) <= documentLimits.fields) expect(refusal).toBeNull()
      else expect(refusal).toContain('fields')
    }),
  )
})

test('what does not parse, or goes round in circles, is left to those who say so better', () => {
  expect(refusalOf('{ a')).toBeNull()
  expect(refusalOf('{ ...a } fragment a on Q { ...b } fragment b on Q { x ...a }')).toBeNull()
})

test('a tool may ask for the schema in depth where that is open', () => {
  const asked = `{ __schema { ${'a { '.repeat(14)}b${' }'.repeat(14)} } }`
  expect(refusalOf(asked)).toBeNull()
  expect(openDocumentLimits(false)(asked)).toContain('levels')
})
