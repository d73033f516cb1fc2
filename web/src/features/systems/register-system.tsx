import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import styles from './systems.module.css'

export const RegisterSystem_role = graphql(`
  fragment RegisterSystem_role on SystemRole {
    role
    title
    scopes {
      name
      words
    }
    organizations {
      id
      name
    }
  }
`)

const Register = graphql(`
  mutation RegisterSystem_registerSystem($input: RegisterSystemInput!) {
    registerSystem(input: $input) {
      __typename
      ... on SystemClient {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Properties = {
  roles: readonly FragmentOf<typeof RegisterSystem_role>[]
  onClose: () => void
  onRegistered: (id: string) => void
}

/** The organization decides the role, the role what can be given. One dialog is one wish: pressing twice registers once. */
export function RegisterSystem({ roles: masked, onClose, onRegistered }: Properties) {
  const roles = readFragment(RegisterSystem_role, masked)
  const [name, setName] = useState('')
  const [organizationId, setOrganization] = useState('')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [keysBy, setKeysBy] = useState<'address' | 'text'>('address')
  const [keys, setKeys] = useState('')
  const [idempotencyKey, setKey] = useState(newKey)
  const [{ fetching, data, error }, register] = useMutation(Register)
  const role = roles.find(({ organizations }) => organizations.some(({ id }) => id === organizationId))
  const scopes = role?.scopes.map((scope) => scope.name).filter((scope) => !left.has(scope)) ?? []

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const given = keysBy === 'address' ? { jwksUrl: keys } : { jwks: keys }
    const result = await register({ input: { name, organizationId, scopes, idempotencyKey, ...given } })
    const registered = result.data?.registerSystem
    if (registered?.__typename === 'SystemClient') onRegistered(registered.id)
    // What is mended is another wish.
    else setKey(newKey())
  }
  const toggle = (scope: string) => setLeft(new Set(left.has(scope) ? [...left].filter((one) => one !== scope) : [...left, scope]))

  return (
    <Dialog title={words.systems.register} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{words.systems.registerExplained}</p>
        {data?.registerSystem.__typename === 'Refused' && (
          <Notice tone="warn" title={words.systems.notRegistered} urgent>
            {data.registerSystem.message}
          </Notice>
        )}
        {error && <Problem error={error} />}
        <TextField
          label={words.systems.columns.name}
          hint={words.systems.nameHint}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={words.systems.columns.organization}
          required
          value={organizationId}
          onChange={(event) => {
            setOrganization(event.target.value)
            setLeft(new Set())
          }}
        >
          <option value="" disabled>
            {words.systems.choose}
          </option>
          {roles.map(({ role: key, title, organizations }) => (
            <optgroup key={key} label={title}>
              {organizations.map((organization) => (
                <option key={organization.id} value={organization.id}>
                  {organization.name}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        {role && (
          <fieldset className={styles['choices']}>
            <legend>{words.systems.scopes}</legend>
            {role.scopes.map((scope) => (
              <label key={scope.name}>
                <input type="checkbox" checked={!left.has(scope.name)} onChange={() => toggle(scope.name)} />
                <span>
                  {scope.words} <code className="soft small">{scope.name}</code>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <fieldset className={styles['choices']}>
          <legend>{words.systems.keys}</legend>
          {(['address', 'text'] as const).map((way) => (
            <label key={way}>
              <input type="radio" name="keys-by" checked={keysBy === way} onChange={() => (setKeysBy(way), setKeys(''))} />
              <span>{words.systems.keysBy[way]}</span>
            </label>
          ))}
        </fieldset>
        {keysBy === 'address' ? (
          <TextField
            label={words.systems.keyAddress}
            hint={words.systems.keyAddressHint}
            type="url"
            required
            placeholder="https://"
            value={keys}
            onChange={(event) => setKeys(event.target.value)}
          />
        ) : (
          <TextAreaField
            code
            label={words.systems.keySet}
            hint={words.systems.keySetHint}
            required
            rows={6}
            spellCheck={false}
            value={keys}
            onChange={(event) => setKeys(event.target.value)}
          />
        )}
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={fetching}>
            {words.systems.register}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
