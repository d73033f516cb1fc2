// A file's name says what is inside it: kebab-case, and none of the names that say nothing.
import { relative, sep } from 'node:path'

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9]+(-[a-z0-9]+)*)*$/
// FHIRHelpers is the field's own name for a CQL library; people are managers, code is not.
const empty = /(^|-)(utils?|(?<!^fhir-)helpers?|common|misc)$/
const manager = /^(?!(care|practice|workforce)-managers?$)(.*-)?managers?$/

/** The words of complaint, or undefined when every part of the path is well named. */
function complaint(path) {
  for (const part of path.split('/')) {
    const stem = part.split('.').find(Boolean)
    if (!kebab.test(part.replace(/^[.]/, ''))) return `'${part}' is not kebab-case.`
    if (empty.test(stem) || manager.test(stem)) return `'${part}' says nothing; name the one thing that is inside.`
  }
  return undefined
}

export const fileName = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program(node) {
      const message = complaint(relative(context.cwd, context.filename).split(sep).join('/'))
      if (message) context.report({ node, message })
    },
  }),
}
