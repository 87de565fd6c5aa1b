/** A process that adds users: `add-all.js PASSWORD_FILE NAME...`, one after the other. Prints what each ended with. */
import { createReadStream } from 'node:fs'
import { runUsers } from '../../dist/users/run-users.js'

const { env: environment, stdout, stderr } = process
const [file = '', ...names] = process.argv.slice(2)
for (const name of names) {
  const machine = { environment, stdin: createReadStream(file), stdout, stderr, by: 'operator' }
  console.log(await runUsers(['add', name], machine))
}
