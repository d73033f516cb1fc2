import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { TIERS } from '../risk/tiers.ts'

/** The tier of risk that an address names, if there is such a tier. */
export const tierFrom = (text: string | null): number | null => TIERS.find((tier) => String(tier) === text) ?? null

export function TierSelect({ tier, onChoose }: { tier: number | null; onChoose: (tier: string) => void }) {
  return (
    <SelectField label={words.risk.tierChoice} hideLabel value={tier ?? ''} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{words.risk.anyTier}</option>
      {TIERS.map((one) => (
        <option key={one} value={one}>
          {words.risk.tierName(one)}
        </option>
      ))}
    </SelectField>
  )
}
