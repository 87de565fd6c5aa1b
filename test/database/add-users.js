/**
 * A process that adds users by what was built: `add-users.js URL PREFIX COUNT`. It is ready when it has said so, begins when it gets a
 * message, and prints the name of each user that the store has acknowledged.
 */
import { once } from 'node:events'
import { openDatabase } from '../../dist/database/open-database.js'
import { createLog } from '../../dist/log.js'

const [url = '', prefix = '', count = ''] = process.argv.slice(2)
console.log('ready')
await once(process, 'message')
const database = await openDatabase(url, createLog({ level: 'info', stream: process.stderr }))
for (let number = 0; number < Number(count); number++) {
  const username = `${prefix}${number}`
  if (await database.users.add({ username, hash: 'h' })) console.log(username)
}
await database.close()
process.disconnect()
