/** Whether to write in colours: to a terminal, unless NO_COLOR says not to. Empty, it says nothing: see no-color.org. */
export const wantsColours = (
  { isTTY }: { readonly isTTY?: boolean },
  { NO_COLOR }: Readonly<Record<string, string | undefined>>
): boolean => isTTY === true && (NO_COLOR ?? '') === ''
