import { createInterface } from 'node:readline'
import type { Machine } from './command.js'
import { Refusal } from './refusal.js'

/**
 * Asks questions at the terminal, one after the other. Hidden answers are edited by readline, which then has nothing to
 * write to; others by the terminal itself.
 *
 * @throws {Refusal} after Ctrl-C or Ctrl-D
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
      const interrupt = (): void => {
        output.write('\n')
        reject(new Refusal('Nothing was changed.', 130))
      }
      lines.on('SIGINT', interrupt).on('close', interrupt)
      lines.on('line', line => {
        if (hidden) output.write('\n')
        answers.push(line)
        if (!askNext()) resolve(answers)
      })
      askNext()
    })
  } finally {
    lines.removeAllListeners('close').close()
  }
}
