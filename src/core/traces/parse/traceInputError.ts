/** The whole input is of no use; the message says what is wrong, where, and what was expected. */
export class TraceInputError extends Error {
  override readonly name = 'TraceInputError';
}
