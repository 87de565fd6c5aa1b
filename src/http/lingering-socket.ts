import { Socket } from 'node:net'

/** How long a client may go on sending after its last reply, in milliseconds. */
const patience = 1_000

/**
 * A connection that is closed in two steps. One that is closed at once while its client still sends is reset, and a reset
 * takes away replies that the client hasn't read yet (RFC 9112 §9.6).
 */
export class LingeringSocket extends Socket {
  /** Ends the connection when all has been written, and closes it when the client has, too. What comes in is dropped. */
  override destroySoon(): void {
    if (this.writableEnded) return
    this.end(() => {
      if (this.readableEnded) {
        this.destroy()
        return
      }
      this.once('end', () => this.destroy())
      this.resume()
      setTimeout(() => this.destroy(), patience).unref()
    })
  }
}
