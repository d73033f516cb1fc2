import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf, shortDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { TIERS } from './tiers.ts'

export const TierOverrides_risk = graphql(`
  fragment TierOverrides_risk on PatientRisk {
    workedOutTier
    overrides {
      id
      tier
      words
      expiresOn
      recordedBy
      recordedAt
      live
      endedAt
    }
  }
`)
const Override = graphql(`
  mutation TierOverrides_overrideTier($input: OverrideTierInput!) {
    overrideTier(input: $input) {
      __typename
      ... on TierOverride {
        id
        live
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Withdraw = graphql(`
  mutation TierOverrides_withdrawTierOverride($id: ID!) {
    withdrawTierOverride(id: $id) {
      __typename
      ... on TierOverride {
        id
        live
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Risk = ResultOf<typeof TierOverrides_risk>
type OwnTier = Risk['overrides'][number]
type Of = { patientId: string; onChange: () => void }

const t = words.risk.override

/** The second step: what a clinician says beside the rules, who said so before, and the way to do so. */
export function TierOverrides({ risk: masked, patientId, onChange }: Of & { risk: FragmentOf<typeof TierOverrides_risk> }) {
  const risk = readFragment(TierOverrides_risk, masked)
  const { region } = useViewer()
  const may = useMay()
  const [doing, setDoing] = useState<'set' | 'take-back' | null>(null)
  const close = () => setDoing(null)
  const live = risk.overrides.find((one) => one.live)
  const past = risk.overrides.filter((one) => one !== live)
  return (
    <>
      {live && (
        <p className="small">
          {t.standing(live.tier, live.recordedBy, shortDay(live.expiresOn), risk.workedOutTier)} “{live.words}”
        </p>
      )}
      {may('create', 'TierOverride') && (
        <span className="screenOnly">
          <Button look="quiet" onClick={() => setDoing('set')}>
            {live ? t.change : t.set}
          </Button>
          {live && may('end', 'TierOverride') && (
            <Button look="quiet" onClick={() => setDoing('take-back')}>
              {t.takeBack}
            </Button>
          )}
        </span>
      )}
      {past.length > 0 && (
        <details className="screenOnly">
          <summary className="small">{t.earlier}</summary>
          {past.map((one) => (
            <p key={one.id} className="small soft">
              {t.past(one.tier, one.words, one.recordedBy, shortDay(dayOf(one.recordedAt, region.timeZone)))}
            </p>
          ))}
        </details>
      )}
      {doing === 'set' && <SetTier patientId={patientId} risk={risk} standing={standingOf(risk)} onChange={onChange} onClose={close} />}
      {doing === 'take-back' && live && <TakeBack override={live} onChange={onChange} onClose={close} />}
    </>
  )
}

/** What is over and was not ended stands until somebody replaces it. */
const standingOf = ({ overrides }: Risk): OwnTier | undefined => overrides.find(({ endedAt }) => endedAt === null)

const IN_HALF_A_YEAR = 182 * 86_400_000

/** One dialog is one wish: pressing twice sets one tier. */
function SetTier({
  patientId,
  risk,
  standing,
  onChange,
  onClose,
}: Of & { risk: Risk; standing: OwnTier | undefined; onClose: () => void }) {
  const [key, setKey] = useState(newKey)
  const [form, setForm] = useState(() => ({
    tier: String(standing?.tier ?? risk.workedOutTier),
    words: '',
    expiresOn: new Date(Date.now() + IN_HALF_A_YEAR).toISOString().slice(0, 10),
  }))
  const send = useAct(Override, (data) => data.overrideTier, onChange)
  const act = () => send({ input: { ...form, tier: Number(form.tier), patientId, replaces: standing?.id ?? null, idempotencyKey: key } })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value })
      setKey(newKey())
    },
  })
  return (
    <Act title={t.title} verb={t.verb} act={act} onClose={onClose}>
      <p className="soft">{t.explained(risk.workedOutTier)}</p>
      <SelectField label={t.tier} {...field('tier')}>
        {TIERS.map((tier) => (
          <option key={tier} value={tier}>
            {words.risk.tierName(tier)}
          </option>
        ))}
      </SelectField>
      <TextAreaField label={t.words} hint={t.wordsHint} rows={2} required maxLength={2000} {...field('words')} />
      <TextField label={t.until} type="date" required {...field('expiresOn')} />
    </Act>
  )
}

function TakeBack({ override, onChange, onClose }: { override: OwnTier; onChange: () => void; onClose: () => void }) {
  const withdraw = useAct(Withdraw, (data) => data.withdrawTierOverride, onChange)
  return (
    <Act title={t.takeBackTitle} verb={t.takeBack} act={() => withdraw({ id: override.id })} onClose={onClose}>
      <p>{t.takeBackExplained}</p>
    </Act>
  )
}
