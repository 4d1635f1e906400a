/** Whether a caught value is a system error of this code. Errors of Node may come from another realm: no instanceof. */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

export function getMessage(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** What lies under an error: `fetch` says only that it failed, its cause says why. */
export function getRootMessage(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return cause === undefined ? getMessage(error) : getRootMessage(cause);
}
