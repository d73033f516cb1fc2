import { fhirHelpers } from './fhir-helpers.ts'
import { fhirConversions, fhirTypes } from './fhir-model.ts'

describe('FHIRHelpers', () => {
  const text = fhirHelpers()

  it('has one function for each conversion of the model', () => {
    const wanted = fhirConversions().map(({ functionName, fromType }) => `${functionName.split('.')[1]} ${fromType}`)
    const written = [...text.matchAll(/define function (\w+)\(value FHIR\."(\w+)"\)/g)].map(([, name, type]) => `${name} FHIR.${type}`)
    expect(written.length).toBeGreaterThan(200)
    expect(written.sort()).toEqual(wanted.sort())
  })

  it('takes the value of nothing but what has a plain value', () => {
    for (const [, type, body] of text.matchAll(/define function \w+\(value (FHIR\."\w+")\):\n {2}(.*)/g)) {
      const value = fhirTypes().get(type!.replaceAll('"', ''))?.elements.get('value')
      expect({ type, plain: value?.names[0]?.startsWith('System.') ?? false }).toEqual({ type, plain: body === 'value.value' })
    }
  })
})
