import type { DirectoryRecord, PayerEvidence } from '@carecommons/interop'
import { type Id, newId } from '@carecommons/kernel'
import type { Bulk } from '#shared/bulk'

type OrganizationId = Id<'Organization'>
type Kind = 'practice' | 'payer'

interface NewOrganization {
  readonly id: OrganizationId
  readonly kind: Kind
  readonly name: string
  readonly slug: string
  readonly city: string | null
}

interface NewAlias {
  readonly kind: Kind
  readonly alias: string
  readonly id: OrganizationId
}

interface Unwritten {
  readonly organizations: NewOrganization[]
  readonly aliases: NewAlias[]
  /** Payers that had only been named, and have their own entry now. */
  readonly agreed: OrganizationId[]
  readonly renamed: { readonly id: OrganizationId; readonly name: string; readonly city: string | null }[]
}

interface DirectoryEntry {
  readonly type: string
  readonly fhir_id: string
  readonly name: string | null
  readonly city: string | null
  readonly practitioner: string | null
  readonly place: string | null
}

/**
 * What an import needs to know of the region's organizations and practitioners, in memory: they are few beside the charts.
 * Organizations met for the first time are made here and written with the next batch; imports hold a lock, so nobody else makes them.
 */
export class RegionDirectory {
  readonly practiceIds = new Set<OrganizationId>()
  /** By kind, then by `fhir:<id>` or `name:<normalized name>`. */
  readonly #aliases: Record<Kind, Map<string, OrganizationId>> = { practice: new Map(), payer: new Map() }
  readonly #slugs = new Set<string>()
  /** What organizations are called, by their own id. */
  readonly #called = new Map<string, string>()
  /**
   * Payers that records name and no entry of the directory confirms, by what they are called: they wait for the region's agreement. What
   * a record calls a payer may be the name of somebody who pays for themselves.
   */
  readonly pending = new Map<OrganizationId, string>()
  /** Payers that records name and that nothing has landed with yet. They are written with the first evidence that does. */
  readonly #proposed = new Map<OrganizationId, { readonly organization: NewOrganization; readonly aliases: NewAlias[] }>()
  /** Those of them that the transaction under way has written. */
  readonly #written = new Map<OrganizationId, { readonly organization: NewOrganization; readonly aliases: NewAlias[] }>()
  /** Names of organizations and practitioners by `Type/id`. */
  readonly #names = new Map<string, string>()
  /** Cities of organizations by id. */
  readonly #cities = new Map<string, string>()
  /** Organization that a practitioner works in, by practitioner id. */
  readonly #workplaces = new Map<string, string>()
  #unwritten: Unwritten = { organizations: [], aliases: [], agreed: [], renamed: [] }

  static async read(bulk: Bulk): Promise<RegionDirectory> {
    const directory = new RegionDirectory()
    const organizations = await bulk.query<{ id: OrganizationId; kind: string; slug: string; name: string; agreed: boolean }>(
      'select id, kind, slug, name, agreed from organization',
    )
    for (const { id, kind, slug, name, agreed } of organizations) {
      directory.#slugs.add(`${kind} ${slug}`)
      directory.#called.set(id, name)
      if (!agreed) directory.pending.set(id, name)
      if (kind === 'practice') directory.practiceIds.add(id)
    }
    const aliases = await bulk.query<{ kind: Kind; alias: string; organization_id: string }>('select * from organization_alias')
    for (const { kind, alias, organization_id } of aliases) directory.#aliases[kind].set(alias, organization_id)
    const entries = await bulk.query<DirectoryEntry>(
      `select distinct on (type, fhir_id) type, fhir_id, name, case type when 'Organization' then content::jsonb #>> '{address,0,city}' end as city,
              case type when 'PractitionerRole' then content::jsonb #>> '{practitioner,reference}' end as practitioner,
              case type when 'PractitionerRole' then content::jsonb #>> '{organization,reference}' end as place
         from directory_version where type in ('Organization', 'Practitioner', 'PractitionerRole')
        order by type, fhir_id, watermark desc`,
    )
    for (const { type, fhir_id, name, city, practitioner, place } of entries) {
      if (name) directory.#names.set(`${type}/${fhir_id}`, name)
      if (city) directory.#cities.set(fhir_id, city)
      if (practitioner && place) directory.#workplaces.set(lastPart(practitioner), lastPart(place))
    }
    return directory
  }

  /** Takes a directory entry that was just read into account. */
  learn(record: DirectoryRecord): void {
    if (record.kind === 'Organization' && record.name) this.#rename(record, record.name)
    if (record.name) this.#names.set(`${record.kind}/${record.id}`, record.name)
    if (record.kind === 'Organization' && record.address?.city) this.#cities.set(record.id, record.address.city)
    if (record.practitioner?.id && record.organization?.id) this.#workplaces.set(record.practitioner.id, record.organization.id)
    if (record.kind === 'Organization') this.#confirm(record)
  }

  /** A payer with an entry of its own needs nobody's agreement. */
  #confirm({ id: fhirId, name, isPayer }: DirectoryRecord): void {
    const id = isPayer ? this.#payer(fhirAlias(fhirId), name ?? fhirId) : this.#aliases.payer.get(fhirAlias(fhirId))
    if (!id || !this.pending.delete(id)) return
    this.#unwritten.agreed.push(id)
  }

  /** An organization that was met before its entry has been called by its id so far; a name that people gave it stays. */
  #rename({ id: fhirId, address }: DirectoryRecord, name: string): void {
    for (const known of Object.values(this.#aliases)) {
      const id = known.get(fhirAlias(fhirId))
      if (!id || name === fhirId || this.#called.get(id) !== fhirId) continue
      this.#called.set(id, name)
      this.#unwritten.renamed.push({ id, name, city: address?.city ?? null })
    }
  }

  name(type: 'Organization' | 'Practitioner', fhirId: string): string | null {
    return this.#names.get(`${type}/${fhirId}`) ?? null
  }

  /** FHIR id of the organization a practitioner works in. */
  workplace(practitionerFhirId: string): string | null {
    return this.#workplaces.get(practitionerFhirId) ?? null
  }

  /** The member practice that a FHIR Organization stands for; it becomes one when it is met for the first time. */
  practice(fhirId: string, name: string | null, city: string | null): OrganizationId {
    return this.#practice(fhirAlias(fhirId), name ?? this.name('Organization', fhirId) ?? fhirId, city ?? this.#cities.get(fhirId) ?? null)
  }

  knownPractice(fhirId: string): OrganizationId | null {
    return this.#aliases.practice.get(fhirAlias(fhirId)) ?? null
  }

  /** The payer that a piece of evidence names; null for the uninsured. */
  payer(evidence: PayerEvidence): OrganizationId | null {
    if (evidence.isUninsured) return null
    const fhirId = evidence.payerReference?.startsWith('Organization/') ? evidence.payerReference.slice('Organization/'.length) : null
    const entry = fhirId && this.name('Organization', fhirId)
    const name = evidence.payerName ?? entry ?? fhirId ?? 'Unnamed payer'
    return this.#payer(fhirId ? fhirAlias(fhirId) : nameAlias(name), name, Boolean(entry))
  }

  /** Claims write a payer's name, coverages its reference: one payer. */
  #payer(alias: string, name: string, hasEntry = true): OrganizationId {
    const known = this.#aliases.payer
    const present = known.get(alias)
    if (present) return present
    const sameName = known.get(nameAlias(name))
    const id = sameName ?? this.#create('payer', name, null, !hasEntry)
    for (const one of [alias, nameAlias(name)]) if (!known.has(one)) this.#know('payer', one, id)
    return id
  }

  /** Two practices may share a name. */
  #practice(alias: string, name: string, city: string | null): OrganizationId {
    const present = this.#aliases.practice.get(alias)
    if (present) return present
    const id = this.#create('practice', name, city, false)
    this.#know('practice', alias, id)
    return id
  }

  #know(kind: Kind, alias: string, id: OrganizationId): void {
    this.#aliases[kind].set(alias, id)
    const aliases = this.#proposed.get(id)?.aliases ?? this.#unwritten.aliases
    aliases.push({ kind, alias, id })
  }

  #create(kind: Kind, name: string, city: string | null, isPending: boolean): OrganizationId {
    const id = newId<'Organization'>()
    const base = slugOf(name)
    const slug = this.#slugs.has(`${kind} ${base}`) ? `${base}-${id.slice(-6)}` : base
    this.#slugs.add(`${kind} ${slug}`)
    if (kind === 'practice') this.practiceIds.add(id)
    this.#called.set(id, name)
    if (isPending) {
      this.pending.set(id, name)
      this.#proposed.set(id, { organization: { id, kind, name, slug, city }, aliases: [] })
    } else this.#unwritten.organizations.push({ id, kind, name, slug, city })
    return id
  }

  /** Takes the rows that still have to be written. */
  takeUnwritten(): (bulk: Bulk, regionId: string) => Promise<void> {
    const { organizations, aliases, agreed, renamed } = this.#unwritten
    this.#unwritten = { organizations: [], aliases: [], agreed: [], renamed: [] }
    return async (bulk, regionId) => {
      for (const organization of organizations) await insert(bulk, regionId, organization, true)
      for (const alias of aliases) await insertAlias(bulk, alias)
      for (const id of agreed) {
        await this.writePending(bulk, regionId, [id])
        await bulk.query('update organization set agreed = true where id = $1', [id])
      }
      for (const { id, name, city } of renamed) {
        await bulk.query('update organization set name = $2, city = coalesce(city, $3) where id = $1', [id, name, city])
      }
    }
  }

  /** Payers whose names have to be compared with those of patients, or that are not written yet. */
  unsettledPayers(): OrganizationId[] {
    return [...new Set([...this.pending.keys(), ...this.#proposed.keys()])]
  }

  /** Writes those of these payers that nothing had landed with before. */
  async writePending(bulk: Bulk, regionId: string, ids: readonly OrganizationId[]): Promise<void> {
    for (const id of ids) {
      const proposed = this.#proposed.get(id)
      if (!proposed) continue
      this.#proposed.delete(id)
      this.#written.set(id, proposed)
      await insert(bulk, regionId, proposed.organization, false)
      for (const alias of proposed.aliases) await insertAlias(bulk, alias)
    }
  }

  /** The transaction that wrote payers has ended well. */
  keepWritten(): void {
    this.#written.clear()
  }

  /** It came to nothing: the payers are to be written again. */
  takeBack(): void {
    for (const [id, proposed] of this.#written) this.#proposed.set(id, proposed)
    this.#written.clear()
  }
}

const insert = (bulk: Bulk, regionId: string, { id, kind, name, slug, city }: NewOrganization, agreed: boolean): Promise<object[]> =>
  bulk.query(
    'insert into organization (id, region_id, kind, name, slug, city, agreed, created_at) values ($1, $2, $3, $4, $5, $6, $7, now())',
    [id, regionId, kind, name, slug, city, agreed],
  )

const insertAlias = (bulk: Bulk, { kind, alias, id }: NewAlias): Promise<object[]> =>
  bulk.query('insert into organization_alias (kind, alias, organization_id) values ($1, $2, $3)', [kind, alias, id])

const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)
const fhirAlias = (id: string): string => `fhir:${id}`
/** Cut, because an entry of the index on aliases has at most 2,700 bytes. */
const nameAlias = (name: string): string => `name:${name.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 500)}`

/** A name as a part of an address: lower-case letters, digits and hyphens. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'unnamed'
