/**
 * What the page adds to Swagger UI, before that starts: it reads the contract from the folder that this script comes from,
 * wherever a proxy has put it, and shows the addresses in it in full; links lead to the contract as it is served to all; and
 * streams of events, and lines of JSON, are shown.
 */
{
  const contract = new URL('openapi.json', document.currentScript.src)

  // What has variables is complete, and braces would be percent-encoded.
  const inFull = url => (url.includes('{') || !URL.canParse(url, contract) ? url : new URL(url, contract).href)

  const authorities = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'openIdConnectUrl']

  const withFullAddresses = api => {
    const paths = Object.values(api.paths ?? {})
    for (const owner of [api, ...paths, ...paths.flatMap(path => Object.values(path))]) {
      if (!Array.isArray(owner?.servers)) continue
      const servers = owner.servers.map(server => ({ ...server, url: inFull(server.url) }))
      // One that the contract names may be this one.
      owner.servers = servers.filter(({ url }, at) => servers.findIndex(other => isSame(other.url, url)) === at)
    }
    for (const scheme of Object.values(api.components?.securitySchemes ?? {})) {
      for (const owner of [scheme, ...Object.values(scheme.flows ?? {})]) {
        for (const field of authorities) if (typeof owner[field] === 'string') owner[field] = inFull(owner[field])
      }
    }
    return api
  }

  const isSame = (one, other) => one.replace(/\/$/, '') === other.replace(/\/$/, '')

  const plugin = () => ({
    statePlugins: {
      spec: { wrapActions: { updateJsonSpec: update => api => update(withFullAddresses(structuredClone(api))) } }
    },
    wrapComponents: {
      responseBody:
        (Theirs, { React }) =>
        props =>
          React.createElement(Theirs, isLines(props.contentType) ? { ...props, contentType: 'text/plain' } : props),
      InfoUrl:
        (_theirs, { React }) =>
        () => {
          const link = name => React.createElement('a', { href: new URL(`../${name}`, contract).href }, name)
          return React.createElement('p', { className: 'contract' }, link('openapi.yaml'), link('openapi.json'))
        }
    }
  })

  // Swagger UI takes lines of JSON for a file, or for JSON that is broken.
  const isLines = mediaType => /^application\/(jsonl|(x-)?ndjson|json-seq)\b/i.test(mediaType ?? '')

  const responseInterceptor = async response => {
    if (isLines(response.headers?.['content-type']) && response.data instanceof Blob) {
      response.text = await response.data.text()
      response.data = response.text
    }
    return response
  }

  // A stream of events may never end, and Swagger UI shows nothing before the end: so what comes in a while is shown.
  const fetchEvents = async (url, request) => {
    const response = await fetch(url, request)
    const { status, statusText, headers, body } = response
    if (!body) return response
    const reader = body.getReader()
    const timer = setTimeout(() => reader.cancel(), 5_000)
    const chunks = []
    for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value)
    clearTimeout(timer)
    return new Response(new Blob(chunks), { status, statusText, headers })
  }

  const requestInterceptor = request => {
    const accept = request.headers?.accept ?? request.headers?.Accept ?? ''
    return accept.startsWith('text/event-stream') ? Object.assign(request, { userFetch: fetchEvents }) : request
  }

  const { SwaggerUIBundle } = window
  const start = options =>
    SwaggerUIBundle({
      ...options,
      url: contract.href,
      requestInterceptor,
      responseInterceptor,
      oauth2RedirectUrl: new URL('oauth2-redirect.html', contract).href,
      plugins: [...options.plugins, plugin]
    })
  window.SwaggerUIBundle = Object.assign(start, SwaggerUIBundle)
}
