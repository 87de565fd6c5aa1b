import type { IncomingMessage, ServerResponse } from 'node:http'

/** Keeps open documentation pages up to date. */
export interface LivePage {
  /** The name of the script that a page has to run, below `/docs/`. */
  readonly script: string
  /** Answers the requests of that script. `false` if a request isn't one of them. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Tells all open pages that the contract is now another, or, with a text, why it isn't. */
  readonly tell: (problem: string | undefined) => void
}

const scriptName = 'live.js'
const scriptPath = `/docs/${scriptName}`
const eventsPath = '/docs/events'

/** Makes a live page: server-sent events on this side, and a script that listens to them on the other. */
export const createLivePage = (): LivePage => {
  const pages = new Set<ServerResponse>()
  let message = ''
  return {
    script: scriptName,
    handle: (request, response) => {
      if (request.url === scriptPath) {
        response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' }).end(script)
      } else if (request.url === eventsPath) {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
        response.write(`retry: 200\n\n${message}`)
        pages.add(response)
        response.on('close', () => pages.delete(response))
      } else {
        return false
      }
      return true
    },
    tell: problem => {
      message = `data: ${JSON.stringify({ problem: problem ?? null })}\n\n`
      for (const page of pages) page.write(message)
    }
  }
}

const script = `
const here = document.currentScript.src
const banner = document.createElement('pre')
Object.assign(banner.style, {
  position: 'sticky', top: '0', zIndex: '9999', margin: '0', padding: '1em', display: 'none',
  background: '#8a1f11', color: 'white', font: '13px/1.5 monospace', whiteSpace: 'pre-wrap'
})
banner.id = 'contract-problem'
document.body.prepend(banner)

let known = false
new EventSource(new URL('events', here)).onmessage = ({ data }) => {
  const { problem } = JSON.parse(data)
  banner.style.display = problem === null ? 'none' : 'block'
  banner.textContent = problem === null ? '' : 'This page shows the last contract that could be served.\\n\\n' + problem
  if (problem === null && known) window.ui.specActions.download(new URL('openapi.json', here).href)
  known = true
}
`
