import { useState } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import type { IconName } from '../ui/icon.tsx'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { RouteError } from './route-error.tsx'

export type Place = { path: string; label: string; icon: IconName }
/** One line of the command palette. */
export type Command = { key: string; label: string; detail?: string; icon: IconName; run: () => void }
/** Everything that differs between roles: where one may go, which page is there, what else the palette can find. */
export type ShellOf = {
  places: readonly Place[]
  routes: RouteObject[]
  /** A hook: extra commands for a search text; pages and session actions are always there. */
  useCommands: (text: string, go: (path: string) => void) => readonly Command[]
}

/** The same frame and router for every role. */
export function Shell({ shell }: { shell: ShellOf }) {
  const [router] = useState(() =>
    createBrowserRouter([
      {
        element: <Frame shell={shell} />,
        errorElement: <RouteError />,
        HydrateFallback: () => null,
        children: [
          {
            errorElement: <RouteError />,
            children: [...shell.routes, { path: '/sign-in', element: <Navigate to="/" replace /> }, { path: '*', element: <NotFound /> }],
          },
        ],
      },
    ]),
  )
  return <RouterProvider router={router} />
}
