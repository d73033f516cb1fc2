import { useState } from 'react'
import { useRouteError } from 'react-router'
import { localErrorId } from '../lib/problem.ts'
import { Broken } from './error-boundary.tsx'

/** The error boundary of one page: the frame around it keeps working. */
export function RouteError() {
  const error = useRouteError()
  const [id] = useState(() => {
    const fresh = localErrorId()
    reportError(new Error(`Error ${fresh}`, { cause: error }))
    return fresh
  })
  return <Broken id={id} />
}
