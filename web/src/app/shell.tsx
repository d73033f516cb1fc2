import { useState } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import type { IconName } from '../ui/icon.tsx'
import { type Need, useMay } from './ability.ts'
import type { Address } from './addresses.ts'
import { Frame } from './frame.tsx'
import { NoHome } from './no-home.tsx'
import { NotFound } from './not-found.tsx'
import { RouteError } from './route-error.tsx'

export type Place = { path: string; label: string; icon: IconName }
/** One line of the command palette. */
export type Command = { key: string; label: string; detail?: string; icon: IconName; run: () => void }
/** A page at an address that the server knows, too. */
export type Page = RouteObject & { path: Address }
/** Everything that differs between roles: where one may go, which page is there, what else the palette can find. */
export type ShellOf = {
  places: readonly Place[]
  routes: Page[]
  /** What a page asks of its reader, by path; a page that is not named here is for everybody of the shell. */
  needs?: Readonly<Record<string, Need>>
  /** A hook: extra commands for a search text; pages and session actions are always there. */
  useCommands: (text: string, go: (path: string) => void) => readonly Command[]
}

/** The same frame and router for every role: the pages of the shell that this role may use, the first of them as its home. */
export function Shell({ shell: whole }: { shell: ShellOf }) {
  const may = useMay()
  const [router] = useState(() => {
    const isOpen = (path: string | undefined): boolean => {
      const need = path === undefined ? undefined : whole.needs?.[path]
      return !need || may(...need)
    }
    const shell = { ...whole, places: whole.places.filter(({ path }) => isOpen(path)) }
    const routes = whole.routes.filter(({ path }) => isOpen(path))
    const home = shell.places[0]?.path
    const first: RouteObject = { path: '/', element: home ? <Navigate to={home} replace /> : <NoHome /> }
    return createBrowserRouter([
      {
        element: <Frame shell={shell} />,
        errorElement: <RouteError />,
        HydrateFallback: () => null,
        children: [
          {
            errorElement: <RouteError />,
            children: [
              ...routes,
              ...(routes.some(({ path }) => path === '/') ? [] : [first]),
              { path: '/account', lazy: () => import('../features/account/account-page.tsx') },
              { path: '/sign-in', element: <Navigate to="/" replace /> },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ])
  })
  return <RouterProvider router={router} />
}
