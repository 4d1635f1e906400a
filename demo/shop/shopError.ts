/** A failure that a service answers with a status of its own choosing. */
export class ShopError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ShopError';
    this.status = status;
  }
}

/** The peer gave no usable answer: it refused, was too slow (504) or failed itself (502). */
export class UpstreamError extends ShopError {
  constructor(status: 502 | 504, message: string, options?: ErrorOptions) {
    super(status, message, options);
    this.name = 'UpstreamError';
  }
}
