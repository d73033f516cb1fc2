// Writes packages/access/ROLES.md: who may do what, from the role pages.
import { writeFileSync } from 'node:fs'
import { rolesMarkdown } from '../packages/access/src/role-table.ts'

writeFileSync(new URL('../packages/access/ROLES.md', import.meta.url), rolesMarkdown())
console.log('Wrote packages/access/ROLES.md')
