/** What the listener for those who run a server answers; `undefined` if nobody does. */
const ask = async (port: number, path: string): Promise<Response | undefined> =>
  fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)

/** Whether a server says that it takes requests; `undefined` if nobody answers there. */
export const isReady = async (port: number): Promise<boolean | undefined> => {
  const answer = await ask(port, '/readyz')
  await answer?.body?.cancel().catch(() => undefined)
  return answer === undefined ? undefined : answer.status === 200
}

/** How long the event loop was late, in milliseconds, if the metrics say so: the largest quantile that they have. */
export const eventLoopDelay = async (port: number): Promise<number | undefined> => {
  const text = await ask(port, '/metrics')
    .then(answer => answer?.text())
    .catch(() => undefined)
  const lines = [...(text ?? '').matchAll(/^(\w*event_?loop_?(?:delay|lag)\w*)(\{[^}]*\})? (\S+)$/gim)]
  const [, name = '', , value] =
    lines.find(([, of = '', labels = '']) => of.includes('p99') || labels.includes('"0.99"')) ??
    lines.find(([, of = '']) => of.includes('max')) ??
    []
  return value === undefined ? undefined : Number(value) * (name.includes('milliseconds') ? 1 : 1000)
}
