import { useKept } from '../../lib/kept.ts'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

/** Whose patients are listed. A clinician's name is no patient's, and yet a name: it stays out of addresses. */
export function useWhose() {
  const [clinician, setClinician] = useKept('registry-clinician', '')
  const [careManager, setCareManager] = useKept('registry-care-manager', '')
  return {
    ...{ clinician, setClinician, careManager, setCareManager },
    filter: { clinician: clinician || null, careManager: careManager || null },
    isNarrowed: clinician !== '' || careManager !== '',
    clear() {
      setClinician('')
      setCareManager('')
    },
  }
}

interface Choices {
  panels: readonly { clinician: string; count: number }[]
  careManagers: readonly { careManager: string; count: number }[]
}

export function PersonFilters({ whose, choices }: { whose: ReturnType<typeof useWhose>; choices: Choices | null | undefined }) {
  const t = words.registry
  const { panels = [], careManagers = [] } = choices ?? {}
  return (
    <>
      {panels.length > 1 && (
        <SelectField label={t.panel} hideLabel value={whose.clinician} onChange={({ target }) => whose.setClinician(target.value)}>
          <option value="">{t.anyPanel}</option>
          {panels.map(({ clinician, count }) => optionOf(clinician, count))}
        </SelectField>
      )}
      {careManagers.length > 0 && (
        <SelectField
          label={t.careManager}
          hideLabel
          value={whose.careManager}
          onChange={({ target }) => whose.setCareManager(target.value)}
        >
          <option value="">{t.anyCareManager}</option>
          {careManagers.map(({ careManager, count }) => optionOf(careManager, count))}
        </SelectField>
      )}
    </>
  )
}

const optionOf = (name: string, count: number) => (
  <option key={name} value={name}>
    {words.registry.choice(name, count)}
  </option>
)
