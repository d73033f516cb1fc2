/** Reasons in words why a file was not taken. */
export interface UploadProblem {
  readonly subject: string
  readonly message: string
}

export type Uploaded<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly problems: readonly UploadProblem[] }

/** Sends a file for the membership of this tab. The header proves the call came from our own script (CSRF). */
export async function upload<Answer>(path: string, file: Blob, membershipId: string, failed: string): Promise<Uploaded<Answer>> {
  const headers = { 'x-commons': 'web', 'x-acting-as': membershipId, 'content-type': 'application/octet-stream' }
  const response = await fetch(path, { method: 'POST', body: file, headers, credentials: 'same-origin' }).catch(() => null)
  const answer: unknown = await response?.json().catch(() => null)
  if (response?.ok) return { ok: true, answer: answer as Answer }
  const told = answer as { problems?: UploadProblem[]; errors?: { message: string }[] } | null
  const problems = told?.problems ?? told?.errors?.map(({ message }) => ({ subject: '', message }))
  return { ok: false, problems: problems && problems.length > 0 ? problems : [{ subject: '', message: failed }] }
}
