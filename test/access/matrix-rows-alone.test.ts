import { roots } from './matrix/asked-roots.ts'
import { Matrix, proveRoot } from './matrix/proof.ts'

let matrix: Matrix
beforeAll(async () => void (matrix = await Matrix.open('row-level security alone')))
afterAll(async () => {
  matrix?.sayWhatWasAsked()
  await matrix?.close()
})

describe('hardening 73: with every ability open, nothing foreign is shown and nothing foreign changes', () => {
  test.each(roots.map((root) => [root.name, root] as const))('%s', (_name, root) => proveRoot(matrix, root))
})
