/** A text in HTML. */
export const escapedHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
h1 { margin-bottom: 0 }
figure { margin: 1.5rem 0; break-inside: avoid }
figcaption { font-weight: 600 }
figcaption span { font-weight: 400 }
svg { width: 100%; height: auto; display: block }
svg text { font: 11px system-ui, sans-serif; fill: GrayText }
@media print { body { margin: 0; max-width: none } }`

/** A page that needs no other file, and no script. */
export interface Page {
  readonly title: string
  /** What ran where, in a line. */
  readonly machine: string
  /** What it has of style beyond the common one, in CSS. */
  readonly style: string
  /** What comes below, in HTML. */
  readonly content: readonly string[]
}

/** The text of a page. */
export const pageOf = ({ title, machine, style: own, content }: Page): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapedHtml(title)}</title>
<style>${style}
${own.trim()}</style>
<h1>${escapedHtml(title)}</h1>
<p>${escapedHtml(machine)}
${content.filter(part => part !== '').join('\n')}
</html>
`
