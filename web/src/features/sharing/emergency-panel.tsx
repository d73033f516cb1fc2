import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { EmergencyFacts } from './emergency-facts.ts'
import { EmergencyState } from './emergency-state.tsx'
import styles from './emergency-panel.module.css'

const Contest = graphql(`
  mutation EmergencyPanel_contestEmergency($id: ID!, $words: String!) {
    contestEmergency(id: $id, words: $words) {
      __typename
      ... on EmergencyAccess {
        id
        isOpen
      }
      ... on Refused {
        message
      }
    }
  }
`)

const Lift = graphql(`
  mutation EmergencyPanel_liftEmergencyBar($id: ID!) {
    liftEmergencyBar(id: $id) {
      __typename
      ... on EmergencyAccess {
        id
        isBarred
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.sharing.emergency

/** One emergency whole: who, for what reason, who was told, and what the practice says to it. */
export function EmergencyPanel({
  emergency,
  onClose,
  onChanged,
}: {
  emergency: EmergencyFacts
  onClose: () => void
  onChanged: () => void
}) {
  const [asking, setAsking] = useState<'contest' | 'lift' | null>(null)
  const { patientId, patientName, practice, userName, organization, isOpen, canContest, isBarred, canLift } = emergency
  return (
    <SidePanel title={t.panel} onClose={onClose}>
      {emergency.contestedAt && (
        <Notice tone="warn" title={t.contestedBy(emergency.contestedByName ?? '')}>
          <p>{emergency.contestWords}</p>
          <p>{isBarred ? t.barred(userName) : t.lifted(userName)}</p>
        </Notice>
      )}
      <dl className={styles['facts']}>
        <Fact name={t.columns.reason}>{emergency.reason}</Fact>
        <Fact name={t.columns.who}>{t.whoAt(userName, organization.name)}</Fact>
        <Fact name={t.columns.chart}>
          {patientName || isOpen ? (
            <Link to={`/patients/${patientId}`}>{patientName ?? t.chartOf(practice.name)}</Link>
          ) : (
            t.chartOf(practice.name)
          )}
        </Fact>
        <Fact name={t.columns.when}>
          <At instant={emergency.openedAt} clock />
        </Fact>
        <Fact name={t.columns.state}>
          <EmergencyState emergency={emergency} />
        </Fact>
        <Fact name={t.told}>
          {emergency.mailedAt ? (
            <>
              {t.mailed} <At instant={emergency.mailedAt} clock />
            </>
          ) : emergency.regionToldAt ? (
            <>
              {t.regionTold} <At instant={emergency.regionToldAt} clock />
            </>
          ) : emergency.mailFailedAt ? (
            t.mailFailed
          ) : (
            t.mailWaiting
          )}
        </Fact>
      </dl>
      {canContest && (
        <p>
          <Button look="primary" onClick={() => setAsking('contest')}>
            {t.contest}
          </Button>
        </p>
      )}
      {canLift && (
        <p>
          <Button onClick={() => setAsking('lift')}>{t.lift}</Button>
        </p>
      )}
      {asking === 'contest' && <ContestIt emergency={emergency} onClose={() => setAsking(null)} onDone={onChanged} />}
      {asking === 'lift' && <LiftIt emergency={emergency} onClose={() => setAsking(null)} onDone={onChanged} />}
    </SidePanel>
  )
}

function ContestIt({ emergency, onClose, onDone }: { emergency: EmergencyFacts; onClose: () => void; onDone: () => void }) {
  const [why, setWhy] = useState('')
  const contest = useAct(Contest, (data) => data.contestEmergency, onDone)
  const act = () => contest({ id: emergency.id, words: why })
  return (
    <Act title={t.contestTitle} verb={t.contest} act={act} onClose={onClose}>
      <p>{t.contestExplained(emergency.userName)}</p>
      <TextAreaField label={t.contestWhy} required maxLength={2000} rows={3} value={why} onChange={(event) => setWhy(event.target.value)} />
    </Act>
  )
}

function LiftIt({ emergency, onClose, onDone }: { emergency: EmergencyFacts; onClose: () => void; onDone: () => void }) {
  const lift = useAct(Lift, (data) => data.liftEmergencyBar, onDone)
  const act = () => lift({ id: emergency.id })
  return (
    <Act title={t.liftTitle} verb={t.lift} act={act} onClose={onClose}>
      <p>{t.liftExplained(emergency.userName)}</p>
    </Act>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
