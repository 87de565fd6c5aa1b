/** An instruction of a Dockerfile, such as `COPY --from=build /app/dist dist`. */
export interface Instruction {
  /** In capitals. */
  readonly word: string
  /** `--from=build` as `from` and `build`. */
  readonly flags: ReadonlyMap<string, string>
  /** The words after the flags: those of its array, if it is written as one. */
  readonly args: readonly string[]
  /** What follows the flags, as it is written. */
  readonly text: string
}

/** A stage: what it is made from and called, and its instructions. */
export interface Stage {
  readonly from: string
  readonly name: string
  readonly instructions: readonly Instruction[]
}

const flag = /^--([a-z-]+)=(\S+)\s+/

const instructionOf = (line: string): Instruction => {
  const [, word = '', rest = ''] = /^(\w+)\s+([^]*)$/.exec(line) ?? []
  const flags = new Map<string, string>()
  let text = rest
  for (let found = flag.exec(text); found; found = flag.exec(text)) {
    const [whole, name = '', value = ''] = found
    flags.set(name, value)
    text = text.slice(whole.length)
  }
  return { word: word.toUpperCase(), flags, args: wordsOf(text), text }
}

const wordsOf = (text: string): string[] => {
  if (!text.startsWith('[')) return text.split(/\s+/)
  const words: unknown = JSON.parse(text)
  if (!Array.isArray(words)) throw new Error(`This is no array: ${text}`)
  return words.map(String)
}

/** The stages of a Dockerfile, in their order. */
export const stagesOf = (dockerfile: string): Stage[] => {
  const lines = dockerfile
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const line of lines.filter(text => text.trim() !== '')) {
    const instruction = instructionOf(line.trim())
    const [from = '', , name = ''] = instruction.args
    if (instruction.word === 'FROM') stages.push({ from, name, instructions: [] })
    else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

/** The one instruction of a stage that begins with a word. */
export const only = ({ instructions }: Stage, word: string): Instruction => {
  const [found, ...others] = instructions.filter(instruction => instruction.word === word)
  if (!found || others.length > 0) throw new Error(`A stage should have one ${word}.`)
  return found
}

/** The variables that a stage sets. */
export const variablesOf = ({ instructions }: Stage): Record<string, string> =>
  Object.fromEntries(
    instructions
      .filter(({ word }) => word === 'ENV')
      .flatMap(({ args }) => args.map(pair => [pair.replace(/=.*/, ''), pair.replace(/^[^=]*=/, '')]))
  )
