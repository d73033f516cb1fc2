/** ELM (HL7 Expression Logical Model) of one library: what is inside `{"library": ...}`. */
export interface ElmLibrary {
  readonly identifier: { readonly id: string; readonly version?: string }
  readonly includes?: { readonly def: readonly { localIdentifier: string; path: string; version?: string }[] }
  readonly valueSets?: { readonly def: readonly { name: string; id: string; version?: string }[] }
  readonly parameters?: { readonly def: readonly { name: string; default?: unknown; [part: string]: unknown }[] }
  readonly statements?: { readonly def: readonly ElmDefinition[] }
  readonly [part: string]: unknown
}

export interface ElmDefinition {
  readonly name: string
  readonly type?: string
  readonly context?: string
  readonly expression?: unknown
}

export type Translation =
  | { readonly ok: true; readonly libraries: readonly ElmLibrary[] }
  | { readonly ok: false; readonly problems: readonly TranslationProblem[] }

/** What is wrong with a CQL text and where; line and column count from 1 (0 when the whole library is meant). */
export interface TranslationProblem {
  readonly library: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/**
 * A CQL text whose libraries go by their own names: namespaces (CQL 1.5, Author's Guide, "Libraries") would have to be registered with the
 * translator, which does not export how. Columns stay where they were.
 */
export const withoutNamespaces = (text: string): string =>
  text.replace(
    /^([^\S\n]*(?:library|include)[^\S\n]+)((?:[A-Za-z_]\w*\.)+)(?=[A-Za-z_"])/gm,
    (_, head: string, namespace: string) => head + ' '.repeat(namespace.length),
  )

/** Name, without namespace, and version of a CQL library as its first declaration gives them; `(unnamed)` when it has none. */
export function libraryHeader(text: string): { name: string; version: string | null } {
  const found = /^\s*library\s+(?:"([^"]+)"|([\w.]+))(?:\s+version\s+'([^']*)')?/m.exec(text)
  return { name: found?.[1] ?? found?.[2]?.split('.').at(-1) ?? '(unnamed)', version: found?.[3] ?? null }
}
