/** Words for operators between two operands. */
export const between: Readonly<Record<string, string>> = {
  ...{ And: 'and', Or: 'or', Xor: 'or else', Equal: 'is', NotEqual: 'is not', Equivalent: 'matches' },
  ...{ Greater: '>', GreaterOrEqual: '>=', Less: '<', LessOrEqual: '<=', Add: '+', Subtract: '-', Multiply: '×', Divide: '/' },
  ...{
    In: 'is during',
    IncludedIn: 'is during',
    ProperIn: 'is inside',
    ProperIncludedIn: 'is inside',
    Contains: 'contains',
    Includes: 'includes',
  },
  ...{ Before: 'is before', After: 'is after', SameAs: 'is the same as', SameOrBefore: 'is on or before', SameOrAfter: 'is on or after' },
  ...{
    Overlaps: 'overlaps',
    OverlapsBefore: 'overlaps the start of',
    OverlapsAfter: 'overlaps the end of',
    Starts: 'starts',
    Ends: 'ends',
  },
  ...{ Meets: 'meets', MeetsBefore: 'ends where it begins:', MeetsAfter: 'begins where it ends:', Concatenate: 'followed by' },
  ...{ Union: 'or', Intersect: 'that are also', Except: 'except', InValueSet: 'is in', AnyInValueSet: 'has one in' },
}

/** Words before a single operand. */
export const before: Readonly<Record<string, string>> = {
  ...{ Start: 'start of', End: 'end of', DateFrom: 'day of', TimeFrom: 'time of', Exists: 'there is', Not: 'not', Count: 'number of' },
  ...{
    First: 'first of',
    SingletonFrom: 'the one of',
    Distinct: 'different',
    Flatten: 'all of',
    Sum: 'sum of',
    Min: 'least of',
  },
  ...{
    Max: 'greatest of',
    Avg: 'average of',
    Length: 'length of',
    Negate: 'minus',
    IsTrue: 'certainly',
    IsFalse: 'certainly not',
    Width: 'width of',
  },
  ...{
    AllTrue: 'all of',
    AnyTrue: 'any of',
    Collapse: 'joined',
    Predecessor: 'just before',
    Successor: 'just after',
    PointFrom: 'point of',
  },
}

/** Words between two operands where something is denied. */
export const denied: Readonly<Record<string, string>> = {
  ...{ Equal: 'is not', Equivalent: 'does not match', In: 'is not during', IncludedIn: 'is not during', Overlaps: 'does not overlap' },
  ...{ InValueSet: 'is not in', AnyInValueSet: 'has none in', Contains: 'does not contain', Includes: 'does not include' },
}

/** What values of a type are called. */
export const forms: Readonly<Record<string, string>> = {
  ...{
    DateTime: 'a date',
    Date: 'a date',
    Time: 'a time',
    Quantity: 'an amount',
    Integer: 'a number',
    Decimal: 'a number',
    String: 'a text',
  },
  ...{ Boolean: 'yes or no', Code: 'a code', Concept: 'a code', CodeableConcept: 'a code', Period: 'a period', Range: 'a range' },
}
