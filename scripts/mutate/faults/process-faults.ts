import { faultsOf, type SourceFault } from './source-fault.js'

/** Faults in how the server is put together, configured, started and stopped. */
export const processFaults: readonly SourceFault[] = [
  ...faultsOf(
    'src/config.ts',
    ['ports up to 65536', '> 65535', '> 65536'],
    ['any port', '/^\\d{1,5}$/.test(port)', '/^\\d*$/.test(port)'],
    ['another default port', "?? '8000'", "?? '8080'"],
    ['all addresses', "?? '127.0.0.1'", "?? '0.0.0.0'"],
    ['any host', '/^[\\w.:-]+$/', '/./']
  ),
  ...faultsOf(
    'src/app.ts',
    ['headers of 32 KiB', 'maxHeaderSize: 16 * 1024', 'maxHeaderSize: 32 * 1024'],
    ['slow headers take longer', 'headersTimeout: 10_000', 'headersTimeout: 14_000'],
    ['slow requests take longer', 'requestTimeout: 15_000', 'requestTimeout: 60_000'],
    ['production is strict', 'strictReplies: false, mocks: false', 'strictReplies: true, mocks: false'],
    ['the message of a reply error is told in production', 'mode.strictReplies && error', 'error'],
    ['no 404 of its own', 'server.app.use(notFound)', "server.app.use('/none', notFound)"],
    ['no error handler of its own', 'server.app.use(errorHandler(log))', "server.app.use('/none', errorHandler(log))"],
    ['a contract that does not fit is served', 'if (findings.length > 0) throw', 'if (findings.length > 99) throw']
  ),
  ...faultsOf(
    'src/shutdown.ts',
    ['a second signal is not heard', 'process.off(signal, stop)', 'process.once(signal, stop)'],
    ['the grace takes longer', 'const grace = 9_000', 'const grace = 19_000'],
    [
      'requests in flight are cut off',
      'server.close(() => process.exit(0))',
      'server.close(() => process.exit(0)).closeAllConnections()'
    ],
    [
      'silent connections hold it up',
      'if (socket.bytesRead === 0) socket.destroy()',
      'if (socket.bytesRead < 0) socket.destroy()'
    ],
    ['SIGTERM is not heard', "['SIGTERM', 'SIGINT'] as const", "['SIGINT'] as const"],
    ['another exit code', 'process.exit(0)', 'process.exit(1)']
  ),
  ...faultsOf(
    'src/main.ts',
    ['a contract that does not fit is served', 'fits(production)', 'fits({ ...production, mocks: true })'],
    ['another exit code', 'process.exit(1)', 'process.exit(0)'],
    ['it does not stop on signals', 'stopOnSignal(server)', 'void stopOnSignal'],
    [
      'no word of the fake security',
      "console.log('The security is fake, as in the chapter: never use it for real users.')",
      ''
    ]
  ),
  ...faultsOf('src/status-text.ts', [
    'the words of an older standard',
    "413: 'Content Too Large'",
    "413: 'Payload Too Large'"
  ])
]
