import type { CareManager, Clinician, Directory, Facility, Practice } from './directory.ts'
import type { Code } from './codes.ts'
import { demoNpi } from './identifiers.ts'
import { familyName, givenName, phoneNumber, streetLine, TOWN_COUNT, townNames } from './names.ts'
import { PAYER_PLANS } from './payers.ts'
import { spreadQualities } from './quality.ts'
import type { Random } from './random.ts'

export const TIME_ZONE = 'America/New_York'
const STATE = 'NY'
const TITLES = [
  'Family Medicine',
  'Primary Care',
  'Family Health',
  'Internal Medicine',
  'Health Associates',
  'Community Practice',
  'Medical Group',
]
const SPECIALTIES: readonly (readonly [credential: string, specialty: Code])[] = [
  ['MD', ['nucc', '207Q00000X', 'Family Medicine Physician']],
  ['MD', ['nucc', '207R00000X', 'Internal Medicine Physician']],
  ['NP', ['nucc', '363LF0000X', 'Family Nurse Practitioner']],
  ['PA', ['nucc', '363A00000X', 'Physician Assistant']],
]

export function makeDirectory(random: Random, practiceCount: number, patientCount: number): Directory {
  const sizes = practiceSizes(random, practiceCount, patientCount)
  const towns = townNames(random, TOWN_COUNT)
  const managers = Math.max(3, Math.min(6, Math.round(practiceCount / 3)))
  const managerIds = Array.from({ length: managers }, () => random.uuid())
  const qualities = spreadQualities(random, practiceCount)
  let providers = 0

  const practices = sizes.map((patients, i): Practice => {
    const id = random.uuid()
    const city = towns[i % towns.length]!
    const name = `${city} ${TITLES[(i + Math.floor(i / towns.length)) % TITLES.length]!}`
    return {
      id,
      locationId: random.uuid(),
      name,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      npi: demoNpi(providers++),
      street: streetLine(random),
      city,
      state: STATE,
      postalCode: `139${String(i % 100).padStart(2, '0')}`,
      phone: phoneNumber(random),
      timeZone: TIME_ZONE,
      patients,
      clinicians: Array.from({ length: clinicianCount(random, patients, patientCount / practiceCount) }, (_, j) =>
        makeClinician(random, id, j, demoNpi(providers++)),
      ),
      careManagerId: managerIds[i % managers]!,
      quality: qualities[i]!,
      ageSkew: random.normal(0, 0.22),
    }
  })

  const careManagers = managerIds.map((id): CareManager => {
    const given = givenName(random, random.chance(0.85) ? 'female' : 'male')
    const family = familyName(random)
    const assignments = practices
      .filter((practice) => practice.careManagerId === id)
      .map((practice) => ({ practiceId: practice.id, roleId: random.uuid() }))
    return { id, given, family, name: `${given} ${family}, RN`, npi: demoNpi(providers++), assignments }
  })
  const facility = (name: string): Facility => ({ id: random.uuid(), name, npi: demoNpi(providers++), city: practices[0]!.city })
  return {
    practices,
    careManagers,
    payers: PAYER_PLANS.map(({ name, kind }) => ({ id: random.uuid(), name, kind })),
    hospital: facility('Three Kettles Regional Hospital'),
    behavioralHealth: facility('Stillwater Behavioral Health'),
  }
}

function makeClinician(random: Random, practiceId: string, position: number, npi: string): Clinician {
  const [credential, specialty] = position === 0 ? SPECIALTIES[0]! : random.pick(SPECIALTIES)
  const given = givenName(random, random.chance(0.55) ? 'female' : 'male')
  const family = familyName(random)
  return {
    id: random.uuid(),
    roleId: random.uuid(),
    given,
    family,
    name: `${given} ${family}, ${credential}`,
    credential,
    specialty,
    npi,
    practiceId,
  }
}

/** Two to five, more in a larger practice. */
const clinicianCount = (random: Random, patients: number, average: number): number =>
  Math.max(2, Math.min(5, Math.round(2.4 * (patients / average) + random.between(0, 1.2))))

/** Unequal sizes that add up: none below a quarter of the average, the largest about three times it. */
function practiceSizes(random: Random, count: number, total: number): number[] {
  const weights = Array.from({ length: count }, () => Math.max(0.3, Math.exp(random.normal(0, 0.45))))
  const sum = weights.reduce((a, b) => a + b, 0)
  const sizes: number[] = []
  let reached = 0
  let given = 0
  for (const weight of weights) {
    reached += weight
    const size = Math.round((reached / sum) * total) - given
    sizes.push(size)
    given += size
  }
  return sizes
}
