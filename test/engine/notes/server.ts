/** The notes API in a process of its own, which tells whoever sends it a message what memory it has, and the most it had. */
import { startApp } from '../../support/server.js'
import { notesApi } from './notes-api.js'
import { createServices } from './services.js'

const [folder = ''] = process.argv.slice(2)
const { port } = await startApp({ ...notesApi, services: createServices(folder) })
process.on('message', () => process.send?.([process.memoryUsage.rss(), process.resourceUsage().maxRSS * 1024]))
process.stdout.write(`Listening on port ${port}\n`)
