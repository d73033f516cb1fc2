import { useRef, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { words } from '../../words/index.ts'
import { ProofForm, type Way } from '../sign-in/proof-form.tsx'

const StepUp = graphql(`
  mutation StepUp_stepUp($proof: ProofInput!) {
    stepUp(proof: $proof) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)

type Refusable = { __typename: string; code?: string }

/** Runs what needs a fresh proof of who is working: asked for it, shows the dialog and runs it again. `dialog` is to be rendered. */
export function useStepUp(ways: readonly Way[]): {
  confirmed<Result extends Refusable>(run: () => Promise<Result | null | undefined>): Promise<Result | null>
  dialog: React.ReactNode
} {
  const [open, setOpen] = useState(false)
  const answer = useRef<(isConfirmed: boolean) => void>(() => undefined)
  const [, stepUp] = useMutation(StepUp)
  const close = (isConfirmed: boolean) => {
    setOpen(false)
    answer.current(isConfirmed)
  }
  return {
    async confirmed(run) {
      const first = (await run()) ?? null
      if (first?.code !== 'StepUpNeeded') return first
      const isConfirmed = await new Promise<boolean>((resolve) => {
        answer.current = resolve
        setOpen(true)
      })
      return isConfirmed ? ((await run()) ?? null) : null
    },
    dialog: open && (
      <Dialog title={words.proof.confirmTitle} onClose={() => close(false)}>
        <p className="soft">{words.proof.confirmWhy}</p>
        <ProofForm
          ways={ways}
          purpose="CONFIRM"
          submit={words.proof.confirm}
          onProve={async (proof) => {
            const { data, error } = await stepUp({ proof })
            if (error) return error
            if (data?.stepUp.__typename === 'Refused') return data.stepUp.message
            close(true)
            return null
          }}
        />
      </Dialog>
    ),
  }
}
