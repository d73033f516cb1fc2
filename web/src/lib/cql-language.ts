import type { StreamParser } from '@codemirror/language'

/** CQL 1.5, Appendix A: reserved words that measures use. */
const WORDS =
  `after all and as asc before between by called case cast code codes codesystem collapse concept context contains convert date day days define
  desc difference distinct duration during else end ends except exists expand false first flatten fluent from function if implies in include
  includes included intersect interval is last let library list maximum minimum month months not null occurs of on or overlaps parameter
  properly return same singleton sort start starts such that then time to true union unit using valueset version weeks when where with within
  without xor year years`.split(/\s+/)
const TYPES = 'Boolean Code Concept Date DateTime Decimal Integer Interval List Quantity Ratio String Time'.split(' ')
const RESOURCES =
  `AllergyIntolerance Condition Coverage DeviceRequest DiagnosticReport Encounter Immunization MedicationAdministration MedicationDispense
  MedicationRequest Observation Patient Procedure ServiceRequest Task Communication`.split(/\s+/)
const FUNCTIONS =
  'AgeInYears AgeInYearsAt CalculateAgeInYearsAt Coalesce Count First Last Max Min Sum Avg AnyTrue AllTrue ToDate ToQuantity Now Today'.split(
    ' ',
  )

const keywords = new Set(WORDS)

export const cqlKeywords = [
  ...WORDS.map((label) => ({ label, type: 'keyword' })),
  ...TYPES.map((label) => ({ label, type: 'type' })),
  ...RESOURCES.map((label) => ({ label, type: 'class', detail: 'record' })),
  ...FUNCTIONS.map((label) => ({ label, type: 'function' })),
]

/** Colors a text line by line: comments, texts, names in quotes, numbers, words of the language. */
export const cqlTokens: StreamParser<{ comment: boolean }> = {
  name: 'cql',
  startState: () => ({ comment: false }),
  token(stream, state) {
    if (state.comment || stream.match('/*')) {
      state.comment = !stream.skipTo('*/')
      if (state.comment) stream.skipToEnd()
      else stream.match('*/')
      return 'comment'
    }
    if (stream.eatSpace()) return null
    if (stream.match(/^\/\/.*/)) return 'comment'
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string'
    if (stream.match(/^"[^"]*"?/)) return 'string.special'
    if (stream.match(/^@?\d[\d.:T+-]*/)) return 'number'
    const word = stream.match(/^\w+/)
    if (!word) stream.next()
    return word && word !== true && keywords.has(word[0].toLowerCase()) ? 'keyword' : null
  },
}
