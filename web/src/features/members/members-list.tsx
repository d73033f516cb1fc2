import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMutation, useQuery } from 'urql'
import { shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { count } from '../../lib/numbers.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { MoreRows } from '../../ui/more-rows.tsx'
import { Page } from '../../ui/page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'

const Members = graphql(`
  query MembersList_organizations($kind: OrganizationKind!, $first: Int!, $after: String, $search: String) {
    organizations(kind: $kind, first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          activeSince
          isAgreed
          organization {
            name
            city
          }
          agreements {
            kind
          }
          peopleCount
          invitationCount
          careAssignments {
            id
            careManager
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
const Inactive = graphql(`
  query MembersList_inactive {
    organizations(kind: PRACTICE, active: false, first: 1) {
      totalCount
    }
  }
`)
const Create = graphql(`
  mutation MembersList_createOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      __typename
      ... on MemberOrganization {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Kind = 'PRACTICE' | 'PAYER'
type Member = ResultOf<typeof Members>['organizations']['edges'][number]['node']

/** Practices or payers of the region, each with how far it has come. */
export function MembersList({ kind }: { kind: Kind }) {
  const { search, field } = useSearch()
  const pages = usePages(Members, { kind, search }, (data) => data.organizations, { size: 50 })
  const [{ data: inactive }] = useQuery({ query: Inactive, pause: kind !== 'PRACTICE', requestPolicy: 'cache-and-network' })
  const [adding, setAdding] = useState(false)
  const isPractice = kind === 'PRACTICE'
  const navigate = useNavigate()
  const base = isPractice ? '/practices' : '/payers'
  const title = isPractice ? words.members.practices : words.members.payers
  const add = isPractice ? words.members.addPractice : words.members.addPayer
  return (
    <Page
      title={title}
      tab={title}
      answer={
        <p className="soft" role="status">
          {pages.loadedAt > 0 &&
            (search !== null
              ? words.members.fit(pages.total)
              : isPractice
                ? words.members.answer(pages.total, inactive?.organizations.totalCount ?? 0)
                : words.members.payersAnswer(pages.total))}
        </p>
      }
      action={
        <Button look="primary" icon="building" onClick={() => setAdding(true)}>
          {add}
        </Button>
      }
    >
      <SearchField label={words.members.search} total={pages.total} {...field} />
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      {pages.loadedAt === 0 ? (
        !pages.error && <Skeleton height={360} />
      ) : (
        <>
          <DataTable
            label={title}
            columns={isPractice ? PRACTICE_COLUMNS : PAYER_COLUMNS}
            rows={pages.rows}
            rowKey={({ id }) => id}
            opening={{ openKey: null, to: ({ id }) => `${base}/${id}`, open: ({ id }) => void navigate(`${base}/${id}`) }}
            empty={
              search !== null ? (
                <Empty title={words.members.noneFits}>{words.members.noneFitsAdvice}</Empty>
              ) : (
                <Empty title={isPractice ? words.members.noPractices : words.members.noPayers}>{words.members.noneAdvice}</Empty>
              )
            }
          />
          <MoreRows shown={pages.rows.length} total={pages.total} fetching={pages.fetching} more={pages.more} />
        </>
      )}
      {adding && <AddMember kind={kind} title={add} onClose={() => setAdding(false)} onDone={(id) => void navigate(`${base}/${id}`)} />}
    </Page>
  )
}

const COLUMNS = {
  name: { key: 'name', head: words.members.columns.name, width: 240, cell: (one) => one.organization.name },
  city: { key: 'city', head: words.members.columns.city, width: 140, cell: (one) => one.organization.city },
  state: {
    key: 'state',
    head: words.members.columns.state,
    width: 190,
    cell: (one) =>
      one.activeSince ? words.members.active(shortDay(one.activeSince)) : words.members.missingAgreements(2 - one.agreements.length),
  },
  agreed: {
    key: 'agreed',
    head: words.members.columns.state,
    width: 190,
    cell: (one) => (one.isAgreed ? words.members.agreed : words.members.onlyNamed),
  },
  people: { key: 'people', head: words.members.columns.people, width: 80, align: 'end', cell: (one) => count(one.peopleCount) },
  invited: { key: 'invited', head: words.members.columns.invited, width: 80, align: 'end', cell: (one) => count(one.invitationCount) },
  careManagers: {
    key: 'careManagers',
    head: words.members.columns.careManagers,
    width: 220,
    cell: (one) => [...new Set(one.careAssignments.map(({ careManager }) => careManager))].join(', '),
  },
} satisfies Record<string, Column<Member>>
const PRACTICE_COLUMNS: readonly Column<Member>[] = [
  COLUMNS.name,
  COLUMNS.city,
  COLUMNS.state,
  COLUMNS.people,
  COLUMNS.invited,
  COLUMNS.careManagers,
]
const PAYER_COLUMNS: readonly Column<Member>[] = [COLUMNS.name, COLUMNS.city, COLUMNS.agreed, COLUMNS.people, COLUMNS.invited]

function AddMember({ kind, title, onClose, onDone }: { kind: Kind; title: string; onClose: () => void; onDone: (id: string) => void }) {
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const [city, setCity] = useState('')
  const [key, setKey] = useState(newKey)
  const [, create] = useMutation(Create)
  const change = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value)
    setKey(newKey())
  }
  const short = slug ?? slugOf(name)
  const act = async () => {
    const result = await create({ input: { kind, name, slug: short, city: city || null, idempotencyKey: key } })
    const made = result.data?.createOrganization
    if (made?.__typename === 'MemberOrganization') onDone(made.id)
    return outcomeOf(result, (data) => data.createOrganization)
  }
  return (
    <Act title={title} verb={words.members.add} act={act} onClose={onClose}>
      <TextField label={words.members.name} required maxLength={120} value={name} onChange={change(setName)} />
      <TextField label={words.members.city} maxLength={120} value={city} onChange={change(setCity)} />
      <TextField
        label={words.members.slug}
        hint={words.members.slugHint}
        required
        maxLength={60}
        value={short}
        onChange={change(setSlug)}
      />
    </Act>
  )
}

/** A short name from a name: `Dogwood Family Clinic` becomes `dogwood-family-clinic`. */
const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
