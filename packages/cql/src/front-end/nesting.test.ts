import { openDraftTranslator } from './draft-translator.ts'
import { tooDeep } from './nesting.ts'
import { translate } from './translate.ts'

const head = 'library Deep version \'1\'\ndefine "X":\n  '
const nested = (open: string, inner: string, close: string, times: number): string =>
  head + open.repeat(times) + inner + close.repeat(times)

describe('a CQL text that is nested too deeply', () => {
  it.each([
    ['brackets', '(', ')', 201],
    ['lists', '{', '}', 201],
    ['conditions', 'if true then 1 else ', '', 201],
    ['cases', 'case when true then 1 else ', ' end', 201],
    ['some of each', '({ if true then ', ' else 1 })', 67],
  ])('is told with its line and column: %s', (_, open, close, times) => {
    expect(tooDeep(nested(open, '1', close, times))).toMatchObject({ library: 'Deep', line: 3 })
    expect(tooDeep(nested(open, '1', close, times - 10))).toBeNull()
  })

  it('is no text with many things beside each other, nor brackets in comments, texts and names', () => {
    expect(tooDeep(head + Array(5000).fill('(if (true) then case when 1 = 1 then {1} end else {2})').join(', '))).toBeNull()
    expect(tooDeep(`define "A": if true then 1 else 2\n`.repeat(5000))).toBeNull()
    const many = '('.repeat(500)
    expect(tooDeep(`${head}1 // ${many}\n + 2 /* ${many} */ + Length('it\\'s ${many}') + "${many}" + \`${many}\``)).toBeNull()
  })

  it('is refused before it is translated, at once, in drafts and packages alike', async () => {
    const text = nested('(', '1', ')', 3000)
    const problem = {
      library: 'Deep',
      line: 3,
      column: 203,
      message: 'This is nested more than 200 levels deep. Split it into definitions.',
    }
    const translator = openDraftTranslator([])
    const started = performance.now()
    expect(await translator.translate(text, { check: true })).toEqual({ ok: false, problems: [problem] })
    expect(await translate([text])).toEqual({ ok: false, problems: [problem] })
    await translator.close()
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('is looked for in the time of reading it', () => {
    for (const part of ["'", '"', '`', '/*', '(', '\\', "'\\", '//', 'if ']) {
      const started = performance.now()
      tooDeep(part.repeat(1_000_000 / part.length))
      expect([part, performance.now() - started < 2000]).toEqual([part, true])
    }
  })
})
