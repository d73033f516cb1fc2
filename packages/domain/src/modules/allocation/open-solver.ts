import type { Highs } from 'highs'
import load from 'highs'

/**
 * HiGHS (https://highs.dev) as WebAssembly, which is read from the package; each answer of it blocks the thread that asks. Its types are those
 * of its CommonJS build, where the function is one step further in.
 */
export const openSolver = (): Promise<Highs> => (load as unknown as typeof load.default)()
