import type { Json } from '../../src/core/json.ts';

/** Scheme, host and port of an address, `https://example.org:8443`: what may be shown of it. Undefined for what is none. */
export function originOf(address: Json | undefined): string | undefined {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  return url === null || url.host === '' ? undefined : `${url.protocol}//${url.host}`;
}
