/** Receives a body whole, by hand: calls back with its text, or with nothing if it has more than `limit` bytes. */
export const receive = (request, limit, done) => {
  const chunks = []
  let length = 0
  request.on('data', chunk => {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
  })
  request.on('end', () => {
    if (length > limit) done(undefined)
    else done((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString())
  })
}
