/** Where a rule comes from. What is nobody's but ours says so. */
export interface Source {
  readonly words: string
  /** Null: our own choice. */
  readonly url: string | null
}

export const sources = {
  charlson1987: {
    words: 'Charlson ME et al., J Chronic Dis 1987;40:373-383 (weights)',
    url: 'https://doi.org/10.1016/0021-9681(87)90171-8',
  },
  quan2005: {
    words: 'Quan H et al., Med Care 2005;43:1130-1139 (ICD-10 codes)',
    url: 'https://doi.org/10.1097/01.mlr.0000182534.19832.83',
  },
  quan2011: { words: 'Quan H et al., Am J Epidemiol 2011;173:676-682 (weights)', url: 'https://doi.org/10.1093/aje/kwq433' },
  lace2010: { words: 'van Walraven C et al., CMAJ 2010;182:551-557', url: 'https://doi.org/10.1503/cmaj.091117' },
  laceBands: {
    words: 'Bands of the LACE index as printed in BMC Cardiovasc Disord 2014;14:97',
    url: 'https://doi.org/10.1186/1471-2261-14-97',
  },
  hospital2017: {
    words: 'Aubert CE et al., BMJ Qual Saf 2017;26:799-805 (simplified HOSPITAL score)',
    url: 'https://doi.org/10.1136/bmjqs-2016-006239',
  },
  hospital2016: {
    words: 'Donzé JD et al., JAMA Intern Med 2016;176:496-502 (admissions 0-1, 2-5, over 5)',
    url: 'https://doi.org/10.1001/jamainternmed.2015.8462',
  },
  warehouse: {
    words: 'CMS Chronic Conditions Warehouse, condition categories, after the copy of the Tuva project (2023), shortened',
    url: 'https://www2.ccwdata.org/web/guest/condition-categories-chronic',
  },
  minnesota: {
    words: 'Minnesota Health Care Homes: complexity tiers by number of major condition groups (0, 1-3, 4-6, 7-9, 10 or more)',
    url: 'http://www.health.state.mn.us/healthreform/homes/payment/resources.html',
  },
  bridges: {
    words: 'Lynn J et al., Milbank Q 2007;85:185-208 (segments of a population by need)',
    url: 'https://doi.org/10.1111/j.1468-0009.2007.00483.x',
  },
  aafp: { words: 'AAFP Risk-Stratified Care Management, the idea of levels (the rubric is not used)', url: 'https://www.aafp.org' },
  own: { words: 'Our own choice; nobody has validated it', url: null },
} as const satisfies Record<string, Source>
