/**
 * The rooms of the house, and what each may not import: the direction is main → app → operations → auth, app → contract
 * and http, src ← scripts ← test. `src/contract` is entered by its door only.
 */

/** Any module that one of these folders or files of `src/` holds, imported by a path from outside it. */
const of = (...names) => `^(\\.\\.?/)+(src/)?(${names.join('|')})(/|\\.js$)`
const pastTheDoor = '(^|/)contract/(?!index\\.js$)'
const generated = '/generated/'

const rooms = [
  [
    'src/contract/document/**',
    of('schema', 'openapi', 'checks', 'serve'),
    'document/ is the ground floor of the engine'
  ],
  ['src/contract/schema/**', of('openapi', 'checks', 'serve'), 'schema/ knows JSON Schema, and no OpenAPI'],
  ['src/contract/openapi/**', of('checks', 'serve'), 'openapi/ only reads'],
  ['src/contract/checks/**', of('serve'), 'checks/ serves nothing'],
  ['src/contract/serve/**', of('checks'), 'serve/ takes a contract that has been checked'],
  [
    'src/http/**',
    of('auth', 'chapter', 'operations', 'services', 'app', 'run-server', 'start', 'main'),
    'http/ knows no operation and no user'
  ],
  [
    'src/auth/**',
    of('chapter', 'database', 'operations', 'http', 'accounts', 'services', 'app', 'run-server', 'start', 'main'),
    'auth/ knows no operation, and databases only by its ports'
  ],
  [
    'src/database/**',
    of('chapter', 'contract', 'operations', 'http', 'accounts', 'services', 'app', 'run-server', 'start', 'main'),
    'database/ fills the ports of auth/'
  ],
  [
    'src/users/**',
    of('chapter', 'contract', 'operations', 'http', 'services', 'app', 'run-server', 'start', 'main'),
    'users/ is no server'
  ],
  [
    'src/management/**',
    of(
      'auth',
      'chapter',
      'cluster',
      'contract',
      'database',
      'operations',
      'services',
      'app',
      'run-server',
      'start',
      'main'
    ),
    'management/ knows no service: those say what is to be watched'
  ],
  [
    'src/cluster/**',
    of('chapter', 'contract', 'database', 'operations', 'services', 'app', 'run-server', 'start', 'main'),
    'cluster/ serves nothing: it starts those that do'
  ],
  [
    'src/chapter/**',
    of('operations', 'services', 'app', 'run-server', 'start', 'main'),
    'chapter/ provides, and uses nobody'
  ],
  [
    'src/operations/**',
    of('chapter', 'cluster', 'database', 'http', 'app', 'run-server', 'start', 'main'),
    'a handler gets its services as its second argument'
  ],
  ['src/*.ts', '/generated/', 'src/operations/operation.ts binds the generated types, for all']
]

const inEngine = of(
  'accounts',
  'auth',
  'chapter',
  'cluster',
  'composition',
  'config',
  'database',
  'http',
  'log',
  'main',
  'management',
  'operations',
  'services',
  'run-server',
  'start',
  'stop',
  'unavailable',
  'users',
  'app'
)

const pattern = (regex, message) => ({ regex, message })

const configOf = (files, patterns, ignores = []) => ({
  files: [files],
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] }
})

export default [
  ...rooms.map(([files, regex, message]) =>
    configOf(files, [
      pattern(regex, message),
      pattern('(^|/)(scripts|test)/', 'src ← scripts ← test'),
      ...(files.startsWith('src/contract/')
        ? [
            pattern(inEngine, 'the engine knows nothing of the application'),
            pattern(generated, 'the engine is generic over the generated types')
          ]
        : [pattern(pastTheDoor, 'the engine is entered by its door, src/contract/index.ts')])
    ])
  ),
  configOf('src/contract/*.ts', [
    pattern(inEngine, 'the engine knows nothing of the application'),
    pattern(generated, 'the engine is generic over the generated types')
  ]),
  configOf('scripts/**', [
    pattern('(^|/)test/', 'src ← scripts ← test'),
    pattern(pastTheDoor, 'the engine is entered by its door, src/contract/index.ts')
  ]),
  configOf(
    'test/**',
    [pattern(pastTheDoor, 'the engine is entered by its door, src/contract/index.ts')],
    ['test/engine/**'] // the engine's own tests
  ),
  configOf('test/engine/**', [
    pattern('/src/(auth|chapter|operations|services)(/|\\.js$)', 'the tests of the engine know no application'),
    pattern('/chapter/', 'the tests of the engine know no chapter')
  ])
]
