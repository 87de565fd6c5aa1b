/**
 * The process of `npm start`. All else is loaded by it rather than before it, so that what keeps it from starting is told in
 * one sentence, even if it is a file that is missing, and so that help needn't wait.
 */
// What an operator can do something about; the rest is a fault of the code, whose stack is needed.
const reasonOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const { name, message, code = '' } = error as NodeJS.ErrnoException
  if (name === 'ConfigError' || name === 'ContractError') return message
  if (code === 'EMFILE' || /too many open files/i.test(message))
    return 'Too few files may be open: raise the limit (ulimit -n).'
  if (code === 'ERR_MODULE_NOT_FOUND') return `${message}: run \`npm ci && npm run build\`.`
  return /^E[A-Z]+$/.test(code) ? `Can't start: ${message}.` : undefined
}

const printHelp = async (): Promise<void> => {
  const { help } = await import('./help.js')
  const { styleOf } = await import('./style.js')
  const { env: environment, stdout } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error // else nobody reads on, as with `| head`
  })
  stdout.write(help(stdout.isTTY ? stdout.columns : 100, styleOf({ stdout, environment })))
}

const args = process.argv.slice(2)
try {
  if (args.some(arg => arg === '--help' || arg === '-h')) {
    await printHelp()
  } else if (args.length > 0) {
    // Not repeated, for it may be a secret.
    console.error('The server takes no arguments but --help, which lists its settings: they are environment variables.')
    process.exitCode = 1
  } else {
    const { start } = await import('./start.js')
    await start(process.env)
  }
} catch (error) {
  const sentence = reasonOf(error)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exit(1)
}
