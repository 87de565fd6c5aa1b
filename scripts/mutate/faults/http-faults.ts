import { faultsOf, type SourceFault } from './source-fault.js'

/** Faults in what reads bodies, serves the page and answers errors. */
export const httpFaults: readonly SourceFault[] = [
  ...faultsOf(
    'src/http/body.ts',
    ['a body of exactly 16 KiB is too large', '> maxBodyBytes) return', '>= maxBodyBytes) return'],
    ['a body of 16 KiB is too large as it arrives', 'bytes <= maxBodyBytes', 'bytes < maxBodyBytes'],
    ['a chunked body may be of any size', 'bytes <= maxBodyBytes', 'bytes > 0'],
    ['1 KiB more', '16 * 1024', '17 * 1024'],
    ['compressed bodies are read', "coding.toLowerCase() !== 'identity'", "coding === ''"],
    ['identity is case-sensitive', "coding.toLowerCase() !== 'identity'", "coding !== 'identity'"],
    ['other charsets are read', 'known && !isUtf8(contentType)', '!known && !isUtf8(contentType)'],
    ['a charset in capitals is refused', '/^utf-?8$/i', '/^utf-?8$/'],
    ['a quoted charset is refused', '"?([^";\\s]*)', '([^;\\s]*)'],
    ['the media type is case-sensitive', '?.trim().toLowerCase()', '?.trim()'],
    ['a media type with parameters is another', "contentType.split(';', 1)[0]", 'contentType'],
    [
      'a large body is a 415',
      "if (Number(message.headers['content-length']) > maxBodyBytes) return refused(413)",
      "if (Number(message.headers['content-length']) > maxBodyBytes) return refused(415)"
    ],
    ['too many fields are a 415', 'form } : refused(413)', 'form } : refused(415)'],
    ['a text is read as Latin-1', "toString('utf8')", "toString('latin1')"],
    ['only the first chunk is read', 'Buffer.concat(chunks)', '(first ?? Buffer.alloc(0))'],
    ['a client that hangs up is never answered', 'resolve({ status: 400 })', 'void 0']
  ),
  ...faultsOf(
    'src/http/form.ts',
    ['64 fields are too many', 'count > maxFormFields', 'count >= maxFormFields'],
    ['a repeated field counts once', 'count += value.length', 'count += 1'],
    ['only the first 100 pairs are read', 'maxKeys: 0', 'maxKeys: 100'],
    [
      'a field without a value is there',
      "if (value === '') Reflect.deleteProperty(fields, name)",
      "if (value === '?') Reflect.deleteProperty(fields, name)"
    ],
    ['the last of repeated fields counts', 'more.length > 0 ? [first, ...more] : first', 'more.at(-1) ?? first'],
    ['repeated empty fields are there', "value.filter(one => one !== '')", 'value'],
    ['semicolons separate', "parse(text, '&', '='", "parse(text.replaceAll(';', '&'), '&', '='"]
  ),
  ...faultsOf(
    'src/http/errors.ts',
    [
      'the log has the whole error',
      'at instanceof Error ? (at.stack ??',
      "at instanceof Error ? (JSON.stringify(at) + String(at.stack ?? '') ||"
    ],
    ['what is thrown is logged', '`a thrown ${typeof at}`', 'String(at)'],
    ['causes are not logged', 'at instanceof Error ? at.cause : undefined', 'undefined'],
    [
      'errors are not logged',
      "log(stacks(error).join('\\ncaused by '))",
      "if (!(error instanceof Error)) log(stacks(error).join(', '))"
    ],
    ['an unexpected error is a 400', 'return errorReply(500)', 'return errorReply(400)'],
    ['no Allow', "{ Allow: methods.join(', ') }", "{ 'X-Allow': methods.join(', ') }"],
    ['a fault of the client is logged', 'expected === undefined ?', 'expected !== 500 ?'],
    ['errors are text', "'Content-Type': 'application/json'", "'Content-Type': 'text/plain'"],
    ['404 is a 405', 'errorReply(404)', 'errorReply(405)']
  ),
  ...faultsOf(
    'src/http/express.ts',
    ['X-Powered-By', "app.disable('x-powered-by')", ''],
    ['ETags', "app.disable('etag')", ''],
    ['paths lose their case', "app.enable('case sensitive routing')", ''],
    ['trailing slashes are lenient', "app.enable('strict routing')", ''],
    [
      'every target is one',
      'if (isTarget(request.url)) app(request, response)',
      "if (isTarget(request.url) || request.url !== '') app(request, response)"
    ],
    ['no prototypes of Express', 'adopt(Request.prototype, app.request)', '']
  ),
  ...faultsOf(
    'src/http/docs.ts',
    ['HEAD is not allowed', "page.all(methodNotAllowed('GET', 'HEAD'))", "page.all(methodNotAllowed('GET'))"],
    ['the page may be framed', '"frame-ancestors \'none\'"', '"frame-ancestors \'self\'"'],
    ['the page may ask other hosts', '"connect-src \'self\'"', '"connect-src *"'],
    [
      'every file of Swagger is served',
      "files.has(request.path) ? undefined : 'router'",
      "files.has(request.path) || request.path !== '' ? undefined : 'router'"
    ],
    ["Swagger's host checks the contract", 'validatorUrl: null,', ''],
    ['the contract is cached', "'Content-Type': mediaType, 'Cache-Control': 'no-cache'", "'Content-Type': mediaType"],
    [
      'the contract loses its last line end',
      "serve('/openapi.yaml', 'application/yaml', () => text)",
      "serve('/openapi.yaml', 'application/yaml', () => text.trimEnd())"
    ]
  )
]
