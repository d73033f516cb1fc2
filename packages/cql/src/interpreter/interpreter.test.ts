import { patient, period, starterMeasures } from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('the interpreter', () => {
  it('says why it could not evaluate a chart and goes on with the next', async () => {
    const good = JSON.stringify(patient('1970-03-01'))
    const charts = [
      { id: 'none', resources: [] },
      { id: 'two', resources: [good, good] },
      { id: 'broken', resources: [good, '{"resourceType":"Observation", Jane Doe'] },
      { id: 'good', resources: [good] },
    ]
    const results = await (await starterMeasures()).get('glycemic-control-poor')!.evaluate(charts, period)
    expect(results.map(({ chartId, problem }) => [chartId, problem])).toEqual([
      ['none', 'A chart holds one Patient; this one holds 0.'],
      ['two', 'A chart holds one Patient; this one holds 2.'],
      ['broken', 'Resource 2 of the chart is not JSON.'],
      ['good', null],
    ])
  })

  it('says what a measure may touch', async () => {
    const requirements = (await starterMeasures())
      .get('glycemic-control-poor')!
      .requirements.map(({ type, path, codes }) => [type, path, codes?.length ?? null])
    expect(requirements).toEqual([
      ['Patient', null, null],
      ['Condition', 'code', 335],
      ['Encounter', 'class', 3],
      ['Encounter', 'type', 12],
      ['Procedure', 'code', 12],
      ['ServiceRequest', 'code', 12],
      ['Observation', 'code', 5],
    ])
  })
})
