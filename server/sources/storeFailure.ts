/** A store that did not answer, or refused. The message continues a sentence that begins with the store's name. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  /** False when the store is well and the question was wrong. */
  readonly countsAgainstStore: boolean;

  constructor(message: string, options: { countsAgainstStore: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.countsAgainstStore = options.countsAgainstStore;
  }
}
