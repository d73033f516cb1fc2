import { createContext, use } from 'react'
import { graphql, type ResultOf } from '../lib/graphql.ts'

export const Viewer_me = graphql(`
  fragment Viewer_me on Viewer @_unmask {
    practiceIds
    patientId
    user {
      id
      name
      email
    }
    membership {
      id
      role
      organization {
        id
        name
        kind
        city
      }
    }
    memberships {
      id
      role
      organization {
        id
        name
      }
    }
    region {
      name
      timeZone
    }
  }
`)

/** Who is signed in, under which membership, and how to leave or to act under another. */
export type Viewer = ResultOf<typeof Viewer_me> & { signOut: () => void; actAs: (membershipId: string) => void }

export const ViewerContext = createContext<Viewer | null>(null)

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('useViewer outside a signed-in session')
  return viewer
}
