import fc from 'fast-check'
import { isRefusal } from '@carecommons/kernel'
import { asNdjson } from './bundle-lines.ts'

const lines = (text: string): string[] => {
  const made = asNdjson(Buffer.from(text))
  if (isRefusal(made)) throw new Error(made.message)
  return made.toString('utf8').split('\n')
}
const bundle = (entry: readonly object[]) => JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })

test('resources of a Bundle stand on the line with the number of their entry, numbers as they were written', () => {
  const text = `\uFEFF { "entry" : [ { "resource": { "resourceType": "Observation",\n "id":"a", "valueQuantity":{"value":7.10}} },
    {"fullUrl":"urn:uuid:1"}, null, {"resource":{"resourceType":"Patient","id":"p","name":[{"text":"} ] \\" \\\\"}]}}] , "resourceType":"Bundle"}`
  expect(lines(text)).toEqual([
    '{ "resourceType": "Observation",  "id":"a", "valueQuantity":{"value":7.10}}',
    '{}',
    '{}',
    '{"resourceType":"Patient","id":"p","name":[{"text":"} ] \\" \\\\"}]}',
  ])
})

test('what entries call each other leads to their ids', () => {
  const subject = { reference: 'urn:uuid:7' }
  const made = lines(
    bundle([
      { fullUrl: 'urn:uuid:7', resource: { resourceType: 'Patient', id: 'p7' } },
      { fullUrl: 'urn:uuid:8', resource: { resourceType: 'Condition', subject } },
      { fullUrl: 'urn:uuid:9', resource: { resourceType: 'Goal', id: '9', subject: { reference: 'urn:uuid:8' } } },
    ]),
  ).map((line) => JSON.parse(line) as object)
  expect(made).toEqual([
    { resourceType: 'Patient', id: 'p7' },
    { resourceType: 'Condition', id: '8', subject: { reference: 'Patient/p7' } },
    { resourceType: 'Goal', id: '9', subject: { reference: 'urn:uuid:8' } },
  ])
})

test('what is no Bundle stays as it is; one that breaks off is refused', () => {
  for (const text of ['{"resourceType":"Patient"}\n{"resourceType":"Bundle"}\n', 'not JSON\n', '', '[]', '{"resourceType":"Patient"}'])
    expect(asNdjson(Buffer.from(text))).toEqual(Buffer.from(text))
  expect(lines('{"resourceType":"Bundle"}')).toEqual([''])
  expect(asNdjson(Buffer.from(bundle([{ resource: { id: 'a' } }]).slice(0, -3)))).toMatchObject({ code: 'BundleBroken' })
})

test('any resources come through as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.boolean(), (resources, isWide) => {
      const text = JSON.stringify(
        { resourceType: 'Bundle', entry: resources.map((resource) => ({ resource: { id: 'x', ...resource } })) },
        null,
        isWide ? 2 : 0,
      )
      const read = resources.length === 0 ? [] : lines(text).map((line) => JSON.parse(line) as object)
      expect(read).toEqual(resources.map((resource) => JSON.parse(JSON.stringify({ id: 'x', ...resource })) as object))
    }),
  )
})
