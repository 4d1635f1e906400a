import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;
/** A network, and how many of its leading bits count. */
export type AddressRange = readonly [Address, number];

/** One entry of EGRESS_ALLOW: a range of addresses, or a place as `host:port` in lower case. */
export type EgressEntry = { readonly range: AddressRange } | { readonly place: string };

const PLACE = /^(?:\[[0-9a-f:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/;
const MAX_PORT = 65_535;

/** @throws Error naming the entry that is neither a CIDR, an address nor `host:port` */
export function parseEgressEntry(entry: string): EgressEntry {
  const text = entry.trim().toLowerCase();
  if (ipaddr.isValidCIDR(text)) {
    return { range: ipaddr.parseCIDR(text) };
  }
  if (ipaddr.isValid(text)) {
    const address = ipaddr.process(text);
    return { range: [address, address.kind() === 'ipv4' ? 32 : 128] };
  }
  const port = Number(PLACE.exec(text)?.[1] ?? 0);
  if (port >= 1 && port <= MAX_PORT) {
    return { place: text };
  }
  throw new Error(`EGRESS_ALLOW has "${entry}": expected a CIDR such as 10.0.0.0/8, an address, or host:port.`);
}
