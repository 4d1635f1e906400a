/**
 * Addresses with a scheme and those of mailboxes; IPv4 and bracketed IPv6, with a port or without; a name with a port. Not places such as
 * `1:5`. Who talks nonsense may do so at length, so that what could begin anywhere in a long word has an end: of names it is that of DNS.
 */
const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s"'<>)]+/gi,
  /[^\s"'<>(),;:@]{1,64}@[a-z0-9][\w.-]{0,252}\w/gi,
  /\[(?=[0-9a-f.%]*:)[0-9a-f:.%]*\](?::\d{1,5})?/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\b(?=[\w.-]{0,253}[a-z])[a-z0-9](?:[\w.-]{0,252}\w)?:\d{2,5}\b/gi,
  // Our own words and Node's for a name that nobody knows, and for a certificate of another name.
  /(?<=\bENOTFOUND )\S+|(?<=\bEAI_AGAIN )\S+|(?<=\blookup )\S+(?= on )|(?<=\bis known for )\S+/g,
  /(?<=\bHost: )\S+|(?<=\b(?:DNS|IP Address):)[^\s,]+/g,
];

/** Somebody's words about their own trouble, without where they and their parts are: that is for those who run them. */
export const withoutAddresses = (text: string): string =>
  ADDRESSES.reduce((rest, pattern) => rest.replaceAll(pattern, '[address]'), text);
