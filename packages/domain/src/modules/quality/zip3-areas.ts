/**
 * Three-digit ZIP Code areas of 20,000 people or fewer, whose people may only be told of together, as 000 (45 CFR 164.514(b)(2)(i)(B)). Census by
 * census: an area that any of them found too small stays one.
 */
const SMALL_AREAS: readonly { readonly census: number; readonly source: string; readonly prefixes: string }[] = [
  {
    census: 2000,
    source: 'HHS, Guidance Regarding Methods for De-identification of PHI, 26 November 2012: the 17 restricted ZIP codes',
    prefixes: '036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893',
  },
  {
    census: 2010,
    source: 'Census 2010 ZIP Code Tabulation Areas, as microsoft/Tools-for-Health-Data-Anonymization lists them',
    prefixes: '036 059 102 203 205 369 556 692 821 823 878 879 884 893',
  },
]

export const smallZip3Areas: ReadonlySet<string> = new Set(SMALL_AREAS.flatMap(({ prefixes }) => prefixes.split(' ')))
