import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const Registries = graphql(`
  query RegistrySelect_registries {
    registries {
      id
      title
      size
    }
  }
`)

/** One of the registries in force, with how many are in it. */
export function RegistrySelect({ chosen, onChoose }: { chosen: string | null; onChoose: (registry: string) => void }) {
  const [{ data }] = useQuery({ query: Registries })
  if (data?.registries.length === 0) return null
  return (
    <SelectField label={words.registries.label} hideLabel value={chosen ?? ''} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{words.registries.any}</option>
      {data?.registries.map(({ id, title, size }) => (
        <option key={id} value={id}>
          {size === null ? title : words.registry.choice(title, size)}
        </option>
      ))}
    </SelectField>
  )
}
