// planted: allowed-imports-packages-access
import type { patient } from '@carecommons/domain'

export type Patient = typeof patient
