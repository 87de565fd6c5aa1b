/** The handlers of `records.yaml` for this server, and its composition: what `own-api.ts` puts into a copy of `dist/`. */
import { problemDetails } from '../../../../dist/http/problem-details.js'
import { count, create, download, location, page } from './records.js'
import { resourceHandlers } from './resources.js'

const addFile = async ({ form, files }) => {
  const added = { title: form.title }
  for await (const { fileName, stream } of files) Object.assign(added, { name: fileName, bytes: await count(stream) })
  return { status: 201, body: added }
}

const readFile = () => {
  const { length, stream } = download()
  return Promise.resolve({ status: 200, body: stream, length })
}

export const handlers = {
  operations: {
    listRecords: ({ query }) => Promise.resolve({ status: 200, body: page(query) }),
    createRecord: ({ body }) => Promise.resolve({ status: 201, headers: { Location: location }, body: create(body) }),
    importDocument: ({ body }) => Promise.resolve({ status: 200, body }),
    addFile,
    readFile,
    ...resourceHandlers(
      read =>
        ({ params }) =>
          Promise.resolve({ status: 200, body: read(params.id) })
    )
  },
  security: {}
}

export const problems = problemDetails
export const compose = () => Promise.resolve({ services: {}, problems })
