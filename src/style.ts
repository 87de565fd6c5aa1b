import { wantsColours } from './wants-colours.js'

/** Where text is shown, and what the environment says of it. */
interface Screen {
  readonly stdout: { readonly isTTY?: boolean }
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Text made bold or dim: at a terminal, unless NO_COLOR says not to (no-color.org). */
export const styleOf = ({ stdout, environment }: Screen) => {
  const styled = wantsColours(stdout, environment)
  return {
    bold: (text: string): string => (styled ? `\x1b[1m${text}\x1b[22m` : text),
    dim: (text: string): string => (styled ? `\x1b[2m${text}\x1b[22m` : text)
  }
}
