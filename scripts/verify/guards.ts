import { boundaries } from './boundaries.ts'
import { deadCode } from './dead-code.ts'
import { format } from './format.ts'
import type { Guard } from './guard.ts'
import { lint } from './lint.ts'
import { migrationsInStep } from './migrations-in-step.ts'
import { schemaSnapshot } from './schema-snapshot.ts'
import { types } from './types.ts'

/** Fast first: what fails soonest is heard soonest. */
export const guards: readonly Guard[] = [format, boundaries, deadCode, schemaSnapshot, migrationsInStep, types, lint]
