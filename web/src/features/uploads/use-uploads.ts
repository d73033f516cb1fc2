import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { upload, type UploadProblem } from '../../lib/upload.ts'
import { words } from '../../words/index.ts'

const Uploads = graphql(`
  query Uploads_recordUploads {
    recordUploads {
      largestBytes
      mostLines
      uploads {
        id
        name
        bytes
        state
        sentBy
        sentAt
        finishedAt
        lines
        counts {
          type
          created
          updated
          unchanged
          rejected
        }
        rejected
        rejections {
          line
          reason
        }
        failure
      }
    }
  }
`)
export type Sent = ResultOf<typeof Uploads>['recordUploads']['uploads'][number]

const LOOK_EVERY_MS = 1000

/** Files of records that the practice sent; while one is being read, what becomes of it. */
export function useUploads() {
  const { membership } = useViewer()
  const [answer, again] = useQuery({ query: Uploads })
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<readonly UploadProblem[]>([])
  const isWaiting = answer.data?.recordUploads.uploads.some(({ state }) => state === 'UNDER_WAY') ?? false
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, again])
  return {
    answer,
    busy,
    problems,
    setProblems,
    /** True once the file is kept: what becomes of it is told in the list. */
    async send(file: File, key: string): Promise<boolean> {
      setBusy(true)
      setProblems([])
      const query = new URLSearchParams({ name: file.name, key })
      const sent = await upload(`/uploads/records?${query}`, file, membership.id, words.uploads.failed)
      setBusy(false)
      if (!sent.ok) setProblems(sent.problems)
      again({ requestPolicy: 'network-only' })
      return sent.ok
    },
  }
}
