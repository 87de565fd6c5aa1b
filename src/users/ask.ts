import { createInterface } from 'node:readline'
import type { Machine } from './command.js'
import { CommandError } from './command-error.js'

/**
 * Asks questions at the terminal, one after the other. Hidden answers are edited by readline, which then has nothing to
 * write to; others by the terminal itself.
 *
 * @throws {CommandError} after Ctrl-C or Ctrl-D
 */
export const ask = async (
  { stdin, stdout, stderr }: Machine,
  questions: readonly string[],
  hidden: boolean
): Promise<readonly string[]> => {
  const output = stderr.isTTY ? stderr : stdout
  const lines = createInterface({ input: stdin, terminal: hidden, historySize: 0 })
  const answers: string[] = []
  const askNext = (): boolean => {
    const question = questions[answers.length]
    if (question !== undefined) output.write(question)
    return question !== undefined
  }
  try {
    return await new Promise((resolve, reject) => {
      lines.on('SIGINT', () => lines.close()).on('close', () => reject(new CommandError('Nothing was changed.', 130)))
      lines.on('line', line => {
        if (hidden) output.write('\n')
        answers.push(line)
        if (!askNext()) resolve(answers)
      })
      askNext()
    })
  } catch (error) {
    output.write('\n')
    throw error
  } finally {
    lines.removeAllListeners('close').close()
  }
}
