import {
  type CompiledQuery,
  createQueryId,
  type Expression,
  type OperationNodeSource,
  PostgresQueryCompiler,
  RawNode,
  ValueNode,
} from 'kysely'

/** What a statement holds beside its text: a value, which travels as a parameter, or a part of a statement, Kysely's own included. */
type Part = string | number | boolean | null | readonly string[] | OperationNodeSource

/**
 * A statement, or a part of one, as it is written. Kysely makes a tree of every word, freezes it and walks it again: for a page of the
 * registry that took longer than anything else the API does with its statements. This is put together anew each time as well, from the
 * viewer's ability and wishes, and stands wherever Kysely takes an expression.
 */
export class Written<out Row = unknown> implements Expression<Row> {
  /** Text around the gaps: one more than there are parts. */
  private readonly texts: readonly string[]
  private readonly parts: readonly Part[]

  constructor(texts: readonly string[], parts: readonly Part[] = []) {
    this.texts = texts
    this.parts = parts
  }

  get expressionType(): Row | undefined {
    return undefined
  }

  toOperationNode(): RawNode {
    const nodes = this.parts.map((part) => (isSource(part) ? part.toOperationNode() : ValueNode.create(part)))
    return RawNode.create([...this.texts], nodes)
  }

  compile(): CompiledQuery<Row> {
    const parameters: unknown[] = []
    const text = this.write(parameters)
    if (text === null) return compiler.compileQuery(this.toOperationNode(), queryId)
    return { sql: text, parameters, queryId, query: NOT_READ }
  }

  /** Null where a part of Kysely's is inside. */
  private write(parameters: unknown[]): string | null {
    let text = this.texts[0]!
    for (const [index, part] of this.parts.entries()) {
      const inner = part instanceof Written ? part.write(parameters) : isSource(part) ? null : `$${parameters.push(part)}`
      if (inner === null) return null
      text += inner + this.texts[index + 1]!
    }
    return text
  }
}

const compiler = new PostgresQueryCompiler()
const queryId = createQueryId()
/** Only plugins of Kysely's look at the tree of a finished statement, and we have none. */
const NOT_READ = RawNode.createWithSql('')

const isSource = (part: Part): part is OperationNodeSource => typeof part === 'object' && part !== null && 'toOperationNode' in part

/** What stands in the gaps is a value or a part of a statement, never text of one. */
export const written = <Row>(texts: TemplateStringsArray, ...parts: readonly Part[]): Written<Row> => new Written<Row>(texts, parts)

/** Parts with the same words between each two. */
export const joined = <Row>(parts: readonly Part[], between: ', ' | ' and ' | ' or '): Written<Row> =>
  new Written<Row>(['', ...parts.slice(1).map(() => between), ''], parts)

/** A column by its name, with or without its table's. */
export function column(name: string): Written<never> {
  const known = columns.get(name) ?? new Written<never>([name.split('.').map(quoted).join('.')])
  columns.set(name, known)
  return known
}
/** Names come out of our own code: there are only so many. */
const columns = new Map<string, Written<never>>()

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
