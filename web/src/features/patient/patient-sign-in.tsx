import { use, useState } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { dayOf, shortDay, shortInstant } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { ChooseAnew } from '../people/renew-sign-in.tsx'

const There = graphql(`
  query PatientSignIn_there($patientId: ID!) {
    patientSignIn(patientId: $patientId) {
      id
      email
      state
      sentAt
      mailFailedAt
      expiresAt
      startsOn
      lastSignedInAt
    }
  }
`)
const Invite = graphql(`
  mutation PatientSignIn_invitePatient($input: InvitePatientInput!) {
    invitePatient(input: $input) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
const End = graphql(`
  mutation PatientSignIn_endPatientSignIn($id: ID!) {
    endPatientSignIn(id: $id) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
const Renew = graphql(`
  mutation PatientSignIn_renewPatientSignIn($input: RenewPatientSignInInput!) {
    renewPatientSignIn(input: $input) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
type SignIn = NonNullable<ResultOf<typeof There>['patientSignIn']>
type Patient = { id: string; name: string }

const t = words.patient.signIn

/** Whether the patient reads this chart from home: to ask them in, and to end it. For the front desk and the administrator. */
export function PatientSignIn({ patient }: { patient: Patient }) {
  const may = useMay()
  const [result, again] = useQuery({ query: There, variables: { patientId: patient.id } })
  const [doing, setDoing] = useState<'invite' | 'renew' | 'end' | null>(null)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const there = result.data?.patientSignIn ?? null
  const isOver = there?.state === 'EXPIRED' || there?.state === 'REFUSED'
  return (
    <Section title={t.title}>
      <Loaded result={result} height={60} retry={refresh}>
        {() => (
          <>
            <p className={there ? undefined : 'soft'}>{there ? <StateOf signIn={there} /> : t.none}</p>
            {(!there || isOver) && may('create', 'PatientSignIn') && (
              <Button icon="person" onClick={() => setDoing('invite')}>
                {t.invite}
              </Button>
            )}
            {there?.state === 'ACTIVE' && may('create', 'Membership') && <Button onClick={() => setDoing('renew')}>{t.renew}</Button>}
            {there && !isOver && may('end', 'PatientSignIn') && (
              <Button onClick={() => setDoing('end')}>{isWaiting(there) ? t.withdraw : t.end}</Button>
            )}
          </>
        )}
      </Loaded>
      {doing === 'invite' && <InvitePatient patient={patient} onClose={() => setDoing(null)} onDone={refresh} />}
      {doing === 'renew' && there && <RenewSignIn signIn={there} patient={patient} onClose={() => setDoing(null)} onDone={refresh} />}
      {doing === 'end' && there && <EndSignIn signIn={there} patient={patient} onClose={() => setDoing(null)} onDone={refresh} />}
    </Section>
  )
}

export const isWaiting = ({ state }: SignIn): boolean => state === 'INVITED'

export function StateOf({ signIn }: { signIn: SignIn }) {
  const zone = use(TimeZoneContext)
  const { email, state, sentAt, mailFailedAt, expiresAt, startsOn, lastSignedInAt } = signIn
  if (state === 'ACTIVE') {
    const active = t.active(email, shortDay(startsOn!), lastSignedInAt && shortDay(dayOf(lastSignedInAt, zone)))
    if (!expiresAt) return active
    return active + (mailFailedAt ? t.chooseFailed : sentAt ? t.mayChoose(shortInstant(expiresAt, zone)) : t.chooseUnsent)
  }
  if (state === 'EXPIRED') return t.expired(email)
  if (state === 'REFUSED') return t.refused(email)
  if (mailFailedAt) return t.mailFailed(email)
  return sentAt ? t.invited(email, shortDay(dayOf(expiresAt!, zone))) : t.unsent(email)
}

type Dialog = { patient: Patient; onClose: () => void; onDone: () => void }

/** One dialog is one wish: pressing twice sends one letter. */
function InvitePatient({ patient, onClose, onDone }: Dialog) {
  const [email, setEmail] = useState('')
  const [key, setKey] = useState(newKey)
  const invite = useAct(Invite, (data) => data.invitePatient, onDone)
  const act = () => invite({ input: { patientId: patient.id, email, idempotencyKey: key } })
  return (
    <Act title={t.inviteOf(patient.name)} verb={t.send} act={act} onClose={onClose}>
      <p className="soft">{t.inviteExplained}</p>
      <TextField
        label={t.email}
        hint={t.emailHint}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => {
          setEmail(event.target.value)
          setKey(newKey())
        }}
      />
    </Act>
  )
}

function RenewSignIn({ signIn, patient, onClose, onDone }: Dialog & { signIn: SignIn }) {
  const [key] = useState(newKey)
  const renew = useAct(Renew, (data) => data.renewPatientSignIn, onDone)
  const act = () => renew({ input: { id: signIn.id, idempotencyKey: key } })
  return <ChooseAnew whom={{ name: patient.name, email: signIn.email }} act={act} onClose={onClose} />
}

/** Says what will happen and to whom before it does. */
export function EndSignIn({ signIn, patient, onClose, onDone }: Dialog & { signIn: SignIn }) {
  const waits = isWaiting(signIn)
  const end = useAct(End, (data) => data.endPatientSignIn, onDone)
  const act = () => end({ id: signIn.id })
  return (
    <Act title={waits ? t.withdraw : t.end} verb={waits ? t.withdraw : t.endNow} act={act} onClose={onClose}>
      <p>{(waits ? t.withdrawExplained : t.endExplained)(patient.name, signIn.email)}</p>
    </Act>
  )
}
