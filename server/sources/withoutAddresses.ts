/**
 * Addresses with a scheme; IPv4 and bracketed IPv6, with a port or without; a name with a port. Not places such as `1:5`. A store that
 * talks nonsense may do so at length, so that what could begin anywhere in a long word has an end: of names it is that of DNS.
 */
const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s"'<>)]+/gi,
  /\[(?=[0-9a-f.%]*:)[0-9a-f:.%]*\](?::\d{1,5})?/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\b(?=[\w.-]{0,253}[a-z])[a-z0-9](?:[\w.-]{0,252}\w)?:\d{2,5}\b/gi,
  // Node's words for a name that nobody knows.
  /(?<=\bENOTFOUND )\S+|(?<=\bEAI_AGAIN )\S+|(?<=\blookup )\S+(?= on )/g,
];

/** A store's words about its own trouble, without where it and its parts are: that is for those who run it. */
export const withoutAddresses = (text: string): string =>
  ADDRESSES.reduce((rest, pattern) => rest.replaceAll(pattern, '[address]'), text);
