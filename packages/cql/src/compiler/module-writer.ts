import { runtimeFunctions } from './runtime-functions.ts'

/** Collects the functions of one generated module, the constants they share and the runtime functions they call. */
export class ModuleWriter {
  readonly constants: unknown[] = []
  readonly #byValue = new Map<unknown, string>()
  readonly #byKey = new Map<string, string>()
  readonly #runtime = new Set<string>()
  readonly #parts: string[] = []
  #serial = 0

  /** The name of a constant; `key` makes equal ones the same, else identity does. Nothing of ELM is spliced into source. */
  constant(value: unknown, key?: string): string {
    const known = key === undefined ? this.#byValue.get(value) : this.#byKey.get(key)
    if (known !== undefined) return known
    const name = `k${this.constants.push(value) - 1}`
    if (key === undefined) this.#byValue.set(value, name)
    else this.#byKey.set(key, name)
    return name
  }

  /** The name of a runtime function; a name that the runtime does not have is a bug here, not in the ELM. */
  runtime(name: string): string {
    if (!Object.hasOwn(runtimeFunctions, name)) throw new Error(`The runtime has no function ${name}.`)
    this.#runtime.add(name)
    return `$${name}`
  }

  /** The name of a value that is computed once, with the module; equal texts are the same. */
  shared(text: string): string {
    const known = this.#byKey.get(`shared ${text}`)
    if (known !== undefined) return known
    const name = this.name('c')
    this.add(`const ${name} = ${text};`)
    this.#byKey.set(`shared ${text}`, name)
    return name
  }

  name(prefix: string): string {
    return `${prefix}${++this.#serial}`
  }

  add(source: string): void {
    this.#parts.push(source)
  }

  get size(): number {
    return this.#parts.length
  }

  source(): string {
    return [
      ...[...this.#runtime].map((name) => `const $${name} = $R.${name};`),
      ...this.constants.map((_, index) => `const k${index} = $K[${index}];`),
      ...this.#parts,
    ].join('\n')
  }
}
