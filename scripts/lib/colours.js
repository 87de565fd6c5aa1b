/** Whether to print in colours: to a terminal, unless NO_COLOR says not to. Empty, it says nothing: see no-color.org. */
export const wantsColours = (stream, environment = process.env) =>
  stream.isTTY === true && (environment.NO_COLOR ?? '') === ''
