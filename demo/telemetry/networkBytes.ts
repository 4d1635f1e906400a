interface ByteCountingSocket {
  readonly bytesRead: number;
  readonly bytesWritten: number;
  once(event: 'close', listener: () => void): unknown;
}

/** Sums the bytes over all sockets of this process, open and closed: Node has no such counter of its own. */
export class NetworkBytes {
  readonly #open = new Set<ByteCountingSocket>();
  #received = 0;
  #transmitted = 0;

  /** Counts a socket from its first byte on; a socket that is known already (keep-alive) is left alone. */
  track(socket: ByteCountingSocket): void {
    if (this.#open.has(socket)) {
      return;
    }
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#received += socket.bytesRead;
      this.#transmitted += socket.bytesWritten;
    });
  }

  getTotals(): { received: number; transmitted: number } {
    let received = this.#received;
    let transmitted = this.#transmitted;
    for (const socket of this.#open) {
      received += socket.bytesRead;
      transmitted += socket.bytesWritten;
    }
    return { received, transmitted };
  }
}
