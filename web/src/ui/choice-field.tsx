import { type ChangeEvent, useState } from 'react'
import type { TypedDocumentNode } from 'urql'
import { usePages } from '../lib/use-pages.ts'
import { words } from '../words/index.ts'
import { SelectField, TextField } from './field.tsx'
import { useSearch } from './search-field.tsx'

type Choosable = { readonly id: string; readonly name: string }
type Connection = {
  readonly edges: readonly { readonly node: Choosable }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
}
type Choice = ReturnType<typeof useChoice>

/** One of a list of the API that may be long: the first that fit what is searched for can be chosen, the very first unless told. */
export function useChoice<Data>(
  document: TypedDocumentNode<Data, { search: string | null; first: number; after?: string | null }>,
  pick: (data: Data) => Connection,
) {
  const { search, field } = useSearch()
  const [wanted, choose] = useState<string | null>(null)
  const pages = usePages(document, { search }, pick, { size: 50 })
  const chosen = pages.rows.find(({ id }) => id === wanted)?.id ?? pages.rows[0]?.id ?? ''
  return { chosen, choose, field, rows: pages.rows, total: pages.total }
}

/** The system's own list, with a field to search above it once it is longer than a page. */
export function ChoiceField({
  label,
  search,
  choice: { chosen, field, rows, total },
  onChange,
}: {
  label: string
  search: string
  choice: Choice
  onChange: (event: ChangeEvent<HTMLSelectElement>) => void
}) {
  return (
    <>
      {(rows.length < total || field.value !== '') && (
        <TextField
          label={search}
          type="search"
          autoComplete="off"
          maxLength={200}
          value={field.value}
          onChange={(event) => field.onChange(event.target.value)}
          // It searches by itself; what is around it is sent with its own button.
          onKeyDown={(event) => void (event.key === 'Enter' && event.preventDefault())}
        />
      )}
      <SelectField
        label={label}
        {...(rows.length < total ? { hint: words.states.shownOf(rows.length, total) } : {})}
        required
        value={chosen}
        onChange={onChange}
      >
        {rows.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  )
}
