import { readFileSync, writeFileSync } from 'node:fs'
const s = JSON.parse(readFileSync('/tmp/mx/env.json', 'utf8'))
process.env.COMMONS_TEST_CLUSTER = s.cluster
const { testDatabase } = await import('../../support/database.ts')
const db = await testDatabase()
writeFileSync('/tmp/mx/env2.json', JSON.stringify(db))
