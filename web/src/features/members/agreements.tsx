import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './agreements.module.css'

export const Signed = graphql(`
  fragment Signed on MemberOrganization @_unmask {
    id
    activeSince
    agreements {
      kind
      version
      signedBy
      signedAs
      signedOn
      manner
    }
  }
`)
const Texts = graphql(`
  query Agreements_texts {
    agreementTexts {
      kind
      version
      title
      text
    }
  }
`)
const Sign = graphql(
  `
    mutation Agreements_signAgreement($input: SignAgreementInput!) {
      signAgreement(input: $input) {
        __typename
        ... on MemberOrganization {
          ...Signed
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [Signed],
)
type Text = ResultOf<typeof Texts>['agreementTexts'][number]

/** Both agreements: by whom they were signed, or their wording and a way to sign. The practice signs here; the region records paper. */
export function Agreements({ practice, onChanged }: { practice: ResultOf<typeof Signed>; onChanged: () => void }) {
  const { membership } = useViewer()
  const [result, again] = useQuery({ query: Texts })
  const [signing, setSigning] = useState<Text | null>(null)
  const isOwn = membership.organization.id === practice.id
  return (
    <Section title={words.agreements.title}>
      <Loaded result={result} height={120} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ agreementTexts }) => (
          <ul className={styles['agreements']}>
            {agreementTexts.map((text) => {
              const signed = practice.agreements.find(({ kind }) => kind === text.kind)
              return (
                <li key={text.kind}>
                  <details open={isOwn && !signed}>
                    <summary className="strong">{text.title}</summary>
                    <p className={styles['text']}>{text.text}</p>
                  </details>
                  {signed ? (
                    <p>
                      {words.agreements.signed(signed.signedBy, signed.signedAs)}, <OnDay day={signed.signedOn} />,{' '}
                      {words.agreements.manner[signed.manner]}
                    </p>
                  ) : (
                    <div className={styles['open']}>
                      <p className="soft">{words.agreements.notSigned}</p>
                      <Button look={isOwn ? 'primary' : 'plain'} icon="sign" onClick={() => setSigning(text)}>
                        {isOwn ? words.agreements.signTitle(text.title) : words.agreements.record(text.title)}
                      </Button>
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Loaded>
      {signing && <SignIt text={signing} practiceId={practice.id} isOwn={isOwn} onClose={() => setSigning(null)} onDone={onChanged} />}
    </Section>
  )
}

function SignIt({
  text,
  practiceId,
  isOwn,
  onClose,
  onDone,
}: {
  text: Text
  practiceId: string
  isOwn: boolean
  onClose: () => void
  onDone: () => void
}) {
  const { user } = useViewer()
  const [by, setBy] = useState(isOwn ? user.name : '')
  const [office, setOffice] = useState('')
  const [day, setDay] = useState('')
  const sign = useAct(Sign, (data) => data.signAgreement, onDone)
  const act = () => {
    const signature = { kind: text.kind, version: text.version, signedBy: by, signedAs: office, signedOn: isOwn ? null : day }
    return sign({ input: { organizationId: practiceId, ...signature } })
  }
  return (
    <Act
      title={isOwn ? words.agreements.signTitle(text.title) : words.agreements.record(text.title)}
      verb={words.agreements.sign}
      act={act}
      onClose={onClose}
    >
      <TextField label={words.agreements.by} required maxLength={120} value={by} onChange={(event) => setBy(event.target.value)} />
      <TextField
        label={words.agreements.as}
        hint={words.agreements.asHint}
        required
        maxLength={120}
        value={office}
        onChange={(event) => setOffice(event.target.value)}
      />
      {isOwn ? (
        <label>
          <input type="checkbox" required /> {words.agreements.read}
        </label>
      ) : (
        <TextField label={words.agreements.on} type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
      )}
    </Act>
  )
}
