/** What the answers to the questions of one request may weigh together. */
export interface AnswerBudget {
  readonly maxBytes: number;
  /** @returns false when that much is not left */
  take(bytes: number): boolean;
  /** For an answer that is not kept after all. */
  giveBack(bytes: number): void;
}

export function createAnswerBudget(maxBytes: number): AnswerBudget {
  let left = maxBytes;
  return {
    maxBytes,
    take(bytes) {
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    },
    giveBack(bytes) {
      left += bytes;
    },
  };
}
