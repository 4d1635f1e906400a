import { withoutAddresses } from '../withoutAddresses.ts';

/** A store that did not answer, or refused. The message continues a sentence that begins with the store's name. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  /** False when the store is well and the question was wrong. */
  readonly countsAgainstStore: boolean;
  /** The message for whoever asked: it names no address. What was wrong with the question is told as it is. */
  readonly told: string;

  constructor(message: string, options: { countsAgainstStore: boolean; told?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.countsAgainstStore = options.countsAgainstStore;
    this.told = options.told ?? (options.countsAgainstStore ? withoutAddresses(message) : message);
  }
}
