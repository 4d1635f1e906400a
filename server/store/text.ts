/**
 * The text as both databases can hold it: PostgreSQL has no NUL, and neither has half a surrogate pair. Both become U+FFFD.
 * Every parameter goes through here, so that strange input is stored rather than refused with an internal error.
 */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

export const storableParameter = (value: unknown): unknown => (typeof value === 'string' ? storableText(value) : value);
