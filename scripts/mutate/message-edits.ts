import { isMap, type Pair, type YAMLMap } from 'yaml'
import { type ContractEditor, keyOf, pairOf, type Proposal, valueOf } from './contract-editor.js'

/** Edits of a request body. */
export const requestBodyEdits = (editor: ContractEditor, body: YAMLMap): Proposal[] => {
  const required = pairOf(body, 'required')
  return [
    ...editor.remove('request body', body, 'required'),
    ...(required ? [editor.change('request body', required, false)] : []),
    ...editor.remove('request body', body, 'content')
  ]
}

/** Edits of the answers of an operation: their statuses. */
export const responsesEdits = (editor: ContractEditor, responses: YAMLMap): Proposal[] =>
  responses.items.flatMap(pair => {
    const status = keyOf(pair)
    const next = [1, 2, 3, 4].map(more => String(Number(status) + more)).find(other => !pairOf(responses, other))
    return [
      ...editor.remove('status', responses, status),
      ...[next ?? '', `${status.slice(0, 1)}XX`, 'default'].flatMap(other =>
        editor.rename('status', responses, pair, other)
      )
    ]
  })

const addedHeader = { schema: { type: 'string', const: 'added' } }

/** Edits of an answer. Its description is for people, and left alone. */
export const responseEdits = (editor: ContractEditor, response: YAMLMap): Proposal[] => {
  if (pairOf(response, '$ref')) return []
  return [
    ...editor.remove('header', response, 'headers'),
    ...editor.remove('media type', response, 'content'),
    ...editor.add('header', response, 'headers', { 'X-Added': addedHeader })
  ]
}

/** Edits of the headers of an answer. */
export const headersEdits = (editor: ContractEditor, headers: YAMLMap): Proposal[] => [
  ...headers.items.flatMap(pair => [
    ...editor.remove('header', headers, keyOf(pair)),
    ...editor.rename('header', headers, pair, `X-${keyOf(pair)}`)
  ]),
  ...editor.add('header', headers, 'X-Added', addedHeader)
]

/** Edits of a header. */
export const headerEdits = (editor: ContractEditor, header: YAMLMap): Proposal[] => {
  const required = pairOf(header, 'required')
  return [
    ...editor.remove('header', header, 'required'),
    ...editor.remove('header', header, 'schema'),
    ...(required ? [editor.change('header', required, false)] : [])
  ]
}

/** Edits of the media types of a body. */
export const contentEdits = (editor: ContractEditor, content: YAMLMap, inRequest: boolean): Proposal[] => {
  const others = inRequest
    ? ['multipart/form-data', 'application/json', 'text/plain']
    : ['application/problem+json', 'text/plain']
  return [
    ...content.items.flatMap(pair => [
      ...editor.remove('media type', content, keyOf(pair)),
      ...others.flatMap(other => editor.rename('media type', content, pair, other))
    ]),
    ...content.items.slice(0, 1).flatMap(pair => alsoIn(editor, content, pair, inRequest))
  ]
}

const alsoIn = (editor: ContractEditor, content: YAMLMap, { value }: Pair, inRequest: boolean): Proposal[] => {
  if (!isMap(value)) return []
  const { schema, examples } = Object(valueOf(value)) as { schema?: unknown; examples?: unknown }
  const mediaType = inRequest ? 'application/json' : 'application/xml'
  return editor
    .add('media type', content, mediaType, { schema, examples })
    .map(proposal => ({ ...proposal, what: `allow \`${mediaType}\`, too` }))
}

/** Edits of a media type. */
export const mediaTypeEdits = (editor: ContractEditor, mediaType: YAMLMap): Proposal[] => [
  ...editor.remove('media type', mediaType, 'schema'),
  ...editor.remove('encoding', mediaType, 'encoding'),
  ...editor.remove('example', mediaType, 'examples')
]

const styles = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject']

/** Edits of the encodings of a form. */
export const encodingsEdits = (editor: ContractEditor, encodings: YAMLMap): Proposal[] =>
  encodings.items.flatMap(pair => {
    const encoding = pair.value
    if (!isMap(encoding)) return []
    const [style, explode] = [pairOf(encoding, 'style'), pairOf(encoding, 'explode')]
    const others = styles.filter(other => other !== valueOf(style?.value))
    return [
      ...editor.remove('encoding', encodings, keyOf(pair)),
      ...editor.rename('encoding', encodings, pair, `${keyOf(pair)}s`),
      ...['style', 'explode'].flatMap(key => editor.remove('encoding', encoding, key)),
      ...(style ? others.map(other => editor.change('encoding', style, other)) : []),
      ...(explode ? [editor.change('encoding', explode, valueOf(explode.value) === false)] : [])
    ]
  })
