/**
 * The notes API in a process of its own, which tells whoever sends it a message what memory it has, and the most that it had
 * since the message before. (`maxRSS` would not do: it may be from the start, when all is compiled.)
 */
import { startApp } from '../../support/server.js'
import { notesApi } from './notes-api.js'
import { createServices } from './services.js'

const [folder = ''] = process.argv.slice(2)
const { port } = await startApp({ ...notesApi, services: createServices(folder) })
let most = 0
const look = (): number => (most = Math.max(most, process.memoryUsage.rss()))
setInterval(look, 5)
process.on('message', () => {
  look()
  const now = process.memoryUsage.rss()
  process.send?.([now, most])
  most = now
})
process.stdout.write(`Listening on port ${port}\n`)
