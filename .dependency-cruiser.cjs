// Who may import whom. Every rule below has a planted violation in test/guards/planted that must fail.
// Paths are relative to the folder the tool is started in, so that the same rules judge the planted houses.
const { existsSync, readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

/** For each house part, the workspace packages it may import. What is not listed here is denied. */
const mayImport = {
  'packages/kernel': [],
  'packages/access': ['kernel'],
  'packages/jobs': ['kernel'],
  'packages/cql': ['kernel'],
  'packages/interop': ['kernel'],
  'packages/demo': ['kernel'],
  'packages/domain': ['kernel', 'access', 'jobs', 'cql', 'interop'],
  'packages/database': ['kernel', 'access', 'jobs', 'cql', 'interop', 'domain'],
  'services/api': ['kernel', 'access', 'jobs', 'cql', 'interop', 'domain', 'database'],
  'services/worker': ['kernel', 'access', 'jobs', 'cql', 'interop', 'domain', 'database'],
  'services/cli': ['kernel', 'access', 'jobs', 'cql', 'interop', 'domain', 'database', 'demo', 'api', 'worker'],
  web: ['kernel', 'access'],
}

const parts = ['packages', 'services']
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('web')
  .filter((part) => existsSync(join(part, 'package.json')))

/** The files that a package's `exports` name: its only doors. */
const doors = parts.flatMap((part) => {
  const { exports = {} } = JSON.parse(readFileSync(join(part, 'package.json'), 'utf8'))
  return Object.values(exports).map((file) => literal(join(part, file)))
})

const edges = parts.map((part) => ({
  name: `allowed-imports-${part.replaceAll('/', '-')}`,
  comment: `${part} may import only: ${(mayImport[part] ?? []).join(', ') || 'no other package'}. See mayImport in .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path: `^${part}/` },
  to: {
    path: '^(packages|services|web)/',
    pathNot: [`^${part}/`, ...(mayImport[part] ?? []).map((name) => `^(packages|services)/${name}/`)],
  },
}))

const moduleIndex = '^packages/domain/src/modules/[^/]+/index[.]ts$'
const graphqlSide = '[.](graphql|resolver)[.]ts$'

const storageAndNetwork =
  '(^|/)node_modules/(pg|pg-[a-z-]+|kysely|ioredis|bullmq|express|helmet|graphql-ws|ws|undici|axios|got|node-fetch)/|' +
  '(^|/)node_modules/(@mikro-orm|@apollo|@as-integrations|@urql)/'

module.exports = {
  forbidden: [
    ...edges,
    {
      name: 'packages-through-their-doors',
      comment: 'A package is entered through the files its package.json exports, and by its name.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|services/[^/]+|web)/' },
      to: { path: '^(packages|services)/', pathNot: ['^$1/', ...doors] },
    },
    {
      name: 'packages-by-name',
      comment: 'Another package is imported by its name (@carecommons/x), so that package.json says who needs whom.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|services/[^/]+|web)/' },
      to: { path: '^(packages|services)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'modules-through-their-index',
      comment: 'A module of the domain reaches another one through its index.ts only.',
      severity: 'error',
      from: { path: '^packages/domain/src/modules/([^/]+)/', pathNot: graphqlSide },
      to: { path: '^packages/domain/src/modules/', pathNot: ['^packages/domain/src/modules/$1/', moduleIndex] },
    },
    {
      name: 'graphql-through-its-door',
      comment:
        'GraphQL classes and resolvers may also use the GraphQL classes of another module (#graphql/x), which its index.ts leaves out.',
      severity: 'error',
      from: { path: '^packages/domain/src/modules/([^/]+)/.*[.](graphql|resolver)[.]ts$' },
      to: {
        path: '^packages/domain/src/modules/',
        pathNot: ['^packages/domain/src/modules/$1/', moduleIndex, '^packages/domain/src/modules/([^/]+)/\\1[.]graphql[.]ts$'],
      },
    },
    {
      name: 'modules-by-alias',
      comment: "A module of the domain imports another one as '#modules/x' or '#graphql/x'.",
      severity: 'error',
      from: { path: '^packages/domain/src/modules/([^/]+)/' },
      to: {
        path: '^packages/domain/src/modules/',
        pathNot: '^packages/domain/src/modules/$1/',
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'nothing-imports-test',
      comment: 'test/ may import everything; only the verify script may import test/.',
      severity: 'error',
      from: { pathNot: ['^test/', '^scripts/verify[.]ts$'] },
      to: { path: '^test/' },
    },
    {
      name: 'pure-packages',
      comment: 'kernel, access, cql, interop and demo know neither database nor network.',
      severity: 'error',
      from: { path: '^packages/(kernel|access|cql|interop|demo)/', pathNot: '[.]test[.]ts$' },
      to: { path: [storageAndNetwork, '^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)'] },
    },
    {
      name: 'kernel-depends-on-nothing',
      comment: 'The kernel does no I/O and has no dependency; crypto is the one built-in it may use.',
      severity: 'error',
      from: { path: '^packages/kernel/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^packages/', '^(node:)?crypto$'] },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle of runtime imports makes the order of loading decide what is defined. Type-only imports do not count.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?](worker|url|raw|inline)$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages/[^/]+|services/[^/]+|web)/(dist|dist-documents|coverage)/|^test/guards/planted/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
}

function literal(path) {
  return `^${path.replaceAll('.', '[.]')}$`
}
