export { ClusterProblem, type ClusterProblemCode } from './cluster-problem.ts'
export { cloneDatabase, dropDatabase, ensureDatabase } from './databases.ts'
export { defaultDataFolder } from './data-folder.ts'
export { type Cluster, type ClusterOptions, openCluster, stopCluster } from './open-cluster.ts'
