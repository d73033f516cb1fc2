/**
 * SQL: whether one text of a resource is an older version than another of the same resource, by `meta.lastUpdated`, and where that does not tell by
 * a `meta.versionId` that is a number in both. Null or false: they came in the order in which they were written.
 */
export const isOlder = (came: string, stands: string): string => `(
  select case when came ->> 'lastUpdated' is not null and stands ->> 'lastUpdated' is not null
                   and (came ->> 'lastUpdated')::timestamptz <> (stands ->> 'lastUpdated')::timestamptz
              then (came ->> 'lastUpdated')::timestamptz < (stands ->> 'lastUpdated')::timestamptz
              when came ->> 'versionId' ~ '^[0-9]{1,18}$' and stands ->> 'versionId' ~ '^[0-9]{1,18}$'
              then (came ->> 'versionId')::bigint < (stands ->> 'versionId')::bigint
              else false end
    from (select ${came}::jsonb -> 'meta' as came, ${stands}::jsonb -> 'meta' as stands offset 0) meta)`
