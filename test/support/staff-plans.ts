import { workOutPlan } from '@carecommons/domain'
import type { Caller, TestApi } from './api.ts'
import type { PracticeKey, UserKey } from './world.ts'

export const membershipIn = async (api: TestApi, user: UserKey): Promise<string> =>
  (
    await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [api.world.users[user].email])
  )[0]!['id']

/** Half of a practice's people are of a high tier, and so many more in none that each number may be told. */
export const plantNeed = (api: TestApi, practice: PracticeKey) =>
  api.sql(
    `with one as (select * from patient_summary where practice_id = $1 and not deceased limit 1),
          made as (insert into patient (practice_id, id, person_id, fhir_id, family_name, given_name, deceased)
            select $1, uuidv7(), (select person_id from patient p, one o where p.id = o.patient_id), 'more-' || n, 'More', 'More', false from generate_series(1, 40) n returning id)
     insert into patient_summary (practice_id, patient_id, sort_name, deceased, condition_count, resource_count, risk_rank) select $1, id, 'more', false, 0, 1, 407 from made`,
    [api.world.practices[practice]],
  )

let keys = 0
/** A plan that is there, as the workforce manager asked for it. */
export async function workedOutPlan(api: TestApi, workforce: Caller, wish: object): Promise<string> {
  const { data, errors } = await workforce.ask(
    `mutation ($wish: PlanWishInput!, $key: String!) { proposeStaffPlan(wish: $wish, idempotencyKey: $key) {
       ... on StaffPlan { id } ... on Refused { message } } }`,
    { wish, key: `worked-out-plan-${keys++}` },
  )
  const id = data?.proposeStaffPlan?.id
  if (id === undefined) throw new Error(JSON.stringify([errors, data]))
  await workOutPlan(api.world.database, id, 3)
  return id
}

const HASH = 'query ($id: ID!) { staffPlanPreview(id: $id) { ... on StaffPlanPreview { hash } } }'
export const APPLY = `mutation ($id: ID!, $previewHash: String!, $idempotencyKey: String!) {
  applyStaffPlan(id: $id, previewHash: $previewHash, idempotencyKey: $idempotencyKey) { __typename ... on Refused { code message }
    ... on StaffPlan { id application { startsOn appliedByName appliedAt undoUntil undoneByName undoneAt } } } }`

/** What confirms a plan as it stands. */
export const confirmed = async (workforce: Caller, id: string) => ({
  ...{ id, idempotencyKey: `confirmed-${keys++}` },
  previewHash: (await workforce.ask(HASH, { id })).data.staffPlanPreview.hash as string,
})
