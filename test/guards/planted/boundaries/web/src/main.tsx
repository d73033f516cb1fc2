import { access } from '@carecommons/access'

export const shown = access
