/** Whether to print in colours: to a terminal, unless NO_COLOR says not to. Empty, it says nothing: see no-color.org. */
export declare const wantsColours: (
  stream: { readonly isTTY?: boolean },
  environment?: Readonly<Record<string, string | undefined>>
) => boolean
