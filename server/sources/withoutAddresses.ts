/** Addresses with a scheme; IPv4 and bracketed IPv6, with a port or without; a name with a port. Not places such as `1:5`. */
const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi,
  /\[[0-9a-f:.%]*:[0-9a-f:.%]*\](?::\d{1,5})?/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\b(?=[\w.-]*[a-z])[a-z0-9](?:[\w.-]*\w)?:\d{2,5}\b/gi,
  // Node's words for a name that nobody knows.
  /(?<=\bENOTFOUND )\S+|(?<=\bEAI_AGAIN )\S+|(?<=\blookup )\S+(?= on )/g,
];

/** A store's words about its own trouble, without where it and its parts are: that is for those who run it. */
export const withoutAddresses = (text: string): string =>
  ADDRESSES.reduce((rest, pattern) => rest.replaceAll(pattern, '[address]'), text);
