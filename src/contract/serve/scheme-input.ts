import type { IncomingHttpHeaders } from 'node:http'
import { type AddressOf, Client } from './client.js'
import type { ReadCredentials } from './credentials.js'
import type { ContractRequest } from './request.js'
import type { Credentials, SecurityRequest } from './security.js'

/** What is known of a scheme before anybody asks. */
export interface KnownScheme {
  readonly read: ReadCredentials
  readonly scopes: readonly string[]
  readonly challenge: string | undefined
  readonly addressOf: AddressOf
}

/** What a security handler gets. All but what was sent for the scheme is looked up when it is asked for. */
export class SchemeInput implements SecurityRequest {
  readonly credentials: Credentials | undefined
  readonly #request: ContractRequest
  readonly #scheme: KnownScheme

  constructor(request: ContractRequest, scheme: KnownScheme) {
    this.credentials = scheme.read(request)
    this.#request = request
    this.#scheme = scheme
  }

  get scopes(): readonly string[] {
    return this.#scheme.scopes
  }

  get challenge(): string | undefined {
    return this.#scheme.challenge
  }

  get headers(): IncomingHttpHeaders {
    return this.#request.message.headers
  }

  get url(): string {
    return this.#request.message.url ?? '/'
  }

  get client(): Client {
    return new Client(this.#request.message, this.#scheme.addressOf)
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }
}
