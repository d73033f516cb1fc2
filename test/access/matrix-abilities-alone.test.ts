import { Matrix, proveRoot, roots } from './matrix/proof.ts'

let matrix: Matrix
beforeAll(async () => void (matrix = await Matrix.open('abilities alone')))
afterAll(() => matrix?.close())

describe('hardening 73: with every policy swapped for "everything", all opens, refuses and changes as with all walls standing', () => {
  test.each(roots.map((root) => [root.name, root] as const))('%s', (_name, root) => proveRoot(matrix, root))
})
