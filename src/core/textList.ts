const ITEM = /(?:\\[^]|[^,\\]|\\$)+/g;

/** Texts as one, separated by commas; a comma or backslash inside of one has a backslash before it. */
export const joinTexts = (texts: readonly string[]): string =>
  texts.map((text) => text.replaceAll(/[\\,]/g, String.raw`\$&`)).join(',');

/** The texts that were joined. Empty ones are left out. */
export const splitTexts = (joined: string): string[] =>
  (joined.match(ITEM) ?? []).map((item) => item.replaceAll(/\\([^])/g, '$1'));
