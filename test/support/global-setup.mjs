// Jest started by hand, without `npm test` around it: gives the suites the PostgreSQL server they would have found.
import '../../scripts/typescript.mjs'

export default async function globalSetup() {
  if (process.env.COMMONS_TEST_CLUSTER) return
  const { openTestCluster } = await import('./cluster.ts')
  const cluster = await openTestCluster()
  process.env.COMMONS_TEST_CLUSTER = cluster.url
  globalThis.closeTestCluster = cluster.close
}
