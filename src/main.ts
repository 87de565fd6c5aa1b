/**
 * The process of `npm start`. All else is loaded by it rather than before it, so that what keeps it from starting is told in
 * one sentence, even if it is a file that is missing.
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

try {
  const { start } = await import('./start.js')
  await start(process.env)
} catch (error) {
  const sentence = reasonOf(error)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exit(1)
}
