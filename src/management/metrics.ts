import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  Registry
} from 'prom-client'
import type { Observer } from '../http/exchanges.js'
import type { Measure } from './measure.js'

/** What is measured, as Prometheus reads it. */
export interface Metrics {
  /** Takes what was answered. */
  readonly observe: Observer
  /** The text of all metrics, or their values for another process to add up. */
  readonly text: () => Promise<string>
  readonly values: () => Promise<unknown>
}

/** In seconds, as OpenTelemetry advises for `http.server.request.duration`. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const labelNames = ['http_request_method', 'http_response_status_code', 'operation_id'] as const

/**
 * Measures requests in OpenTelemetry's names for HTTP servers, the process, and what else there is. No label holds a path, a
 * user or a token, so that there are as many series as the contract has operations and statuses.
 */
export const createMetrics = (measures: readonly Measure[]): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long requests took, by operation; without one outside of the contract.',
    labelNames,
    buckets,
    registers: [registry]
  })
  for (const measure of measures) register(measure, registry)
  const series = new Map<string, { observe(seconds: number): void }>()
  return {
    observe: ({ method, status, operationId = '', milliseconds }) => {
      const key = `${method} ${status} ${operationId}`
      let one = series.get(key)
      if (!one) series.set(key, (one = duration.labels(method, String(status), operationId)))
      one.observe(milliseconds / 1000)
    },
    text: () => registry.metrics(),
    values: () => registry.getMetricsAsJSON()
  }
}

const register = ({ name, kind, says: help, label, read }: Measure, registry: Registry): void => {
  const labelNames = label === undefined ? [] : [label]
  const entries = (): Iterable<readonly [Record<string, string>, number]> => {
    const value = read()
    if (typeof value === 'number') return [[{}, value]]
    return Array.from(value, ([of, count]) => [{ [label ?? '']: of }, count] as const)
  }
  const options = { name, help, labelNames, registers: [registry] }
  if (kind === 'gauge') {
    const gauge = new Gauge({
      ...options,
      collect: () => {
        for (const [labels, value] of entries()) gauge.set(labels, value)
      }
    })
  } else {
    const counter = new Counter({
      ...options,
      collect: () => {
        counter.reset()
        for (const [labels, value] of entries()) counter.inc(labels, value)
      }
    })
  }
}

/** The text of the metrics of several processes, added up. */
export const sumOfMetrics = (values: readonly unknown[]): Promise<string> =>
  AggregatorRegistry.aggregate(values as MetricObjectWithValues<never>[][]).metrics()
