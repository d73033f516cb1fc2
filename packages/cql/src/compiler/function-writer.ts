/** A line that is decided after lines behind it were written. */
interface Slot {
  text: string
}

type Name = () => string

/**
 * Writes the body of one JavaScript function. Every computed value gets a name; an expression without side effects that
 * was already computed on the way here is not computed again (value numbering over dominating blocks).
 */
export class FunctionWriter {
  readonly #lines: (string | Slot)[] = []
  readonly #computed = [new Map<string, string>()]
  readonly #name: Name
  /** Of names of unions: the names of what is united. */
  readonly unions = new Map<string, readonly string[]>()

  constructor() {
    let serial = 0
    this.#name = () => `t${++serial}`
  }

  fresh(): string {
    return this.#name()
  }

  line(text: string): void {
    this.#lines.push(text)
  }

  /** The name of `expression`'s value; `guard` is written after it with `@` for the name. Must be free of side effects. */
  value(expression: string, guard = ''): string {
    const key = `${expression}\0${guard}`
    const known = this.known(key)
    if (known !== undefined) return known
    const name = this.#name()
    this.line(guard === '' ? `const ${name} = ${expression};` : `let ${name} = ${expression}; ${guard.replaceAll('@', name)}`)
    this.remember(key, name)
    return name
  }

  /** What was remembered under a key on the way here. */
  known(key: string): string | undefined {
    for (const scope of this.#computed) {
      const name = scope.get(key)
      if (name !== undefined) return name
    }
    return undefined
  }

  remember(key: string, name: string): void {
    this.#computed[this.#computed.length - 1]!.set(key, name)
  }

  /** A name that is assigned later. */
  variable(initial = 'null'): string {
    const name = this.#name()
    this.line(`let ${name} = ${initial};`)
    return name
  }

  /** `head { body }`; what is computed inside is not known behind it. */
  block(head: string, body: () => void): void {
    this.line(`${head} {`)
    this.#computed.push(new Map())
    body()
    this.#computed.pop()
    this.line('}')
  }

  /** A place here for text that is known later. */
  slot(): Slot {
    const slot: Slot = { text: '' }
    this.#lines.push(slot)
    return slot
  }

  text(): string {
    return this.#lines.map((line) => (typeof line === 'string' ? line : line.text)).join('\n')
  }
}
