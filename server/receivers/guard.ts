import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher } from 'undici';
import { ownValue } from '../../src/core/ownValue.ts';
import { parseEgressEntry, type AddressRange } from '../egressEntry.ts';
import { EngineError } from '../errors.ts';

/** What the deployment opened: CIDRs (`10.0.0.0/8`), single addresses, or `host:port`. Never comes from the API. */
export interface EgressPolicy {
  readonly allow: readonly string[];
}

/** All addresses of a name, as text. A port: tests answer for themselves. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** A place that was checked, with the addresses that were checked: connect to these and to no others. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  /** The deployment named it: plain http and mail without TLS are allowed. */
  readonly opened: boolean;
}

const MAX_URL_LENGTH = 2048;

type Address = ReturnType<typeof ipaddr.process>;

interface CompiledPolicy {
  readonly places: ReadonlySet<string>;
  readonly ranges: readonly AddressRange[];
}

/**
 * Closed whatever the deployment opens: cloud metadata services hand out credentials to whoever can reach them. Link-local is closed
 * as a whole by its range. 168.63.129.16 is Azure's, 100.100.100.200 Alibaba's, fd00:ec2::254 Amazon's, fd20:ce::254 Google's.
 */
const METADATA = ['168.63.129.16/32', '100.100.100.200/32', 'fd00:ec2::/32', 'fd20:ce::/32'].map((text): AddressRange =>
  ipaddr.parseCIDR(text)
);

/** IPv4 written as IPv6 in the deprecated "compatible" form: ipaddr.js calls it unicast, some stacks connect to the IPv4 address. */
const IPV4_COMPATIBLE: AddressRange = ipaddr.parseCIDR('::/96');

/** Ranges that a deployment may open. All others (multicast, link-local, tunnels, translations, reserved) lead nowhere good. */
const OPENABLE: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat', 'unicast']);

/** Ranges whose names in ipaddr.js are no English. */
const RANGE_WORDS: Readonly<Record<string, string>> = {
  amt: 'an AMT',
  as112: 'an AS112',
  carrierGradeNat: 'a carrier-grade NAT',
  deprecatedSiteLocal: 'a site-local',
  ipv4Compatible: 'an IPv4-compatible',
  ipv4Mapped: 'an IPv4-mapped',
  linkLocal: 'a link-local',
  uniqueLocal: 'a unique local',
  unspecified: 'an unspecified',
};

/** High ports that browsers refuse to connect to (WHATWG Fetch, "bad port"); of the low ones only 80 and 443 are taken. */
const BAD_HIGH_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

const compiled = new WeakMap<readonly string[], CompiledPolicy>();

/** @throws Error naming the entry that is neither a CIDR, an address nor `host:port` */
function compilePolicy({ allow }: EgressPolicy): CompiledPolicy {
  const present = compiled.get(allow);
  if (present !== undefined) {
    return present;
  }
  const places = new Set<string>();
  const ranges: AddressRange[] = [];
  for (const entry of allow) {
    const parsed = parseEgressEntry(entry);
    if ('range' in parsed) {
      ranges.push(parsed.range);
    } else {
      places.add(parsed.place);
    }
  }
  const policy = { places, ranges };
  compiled.set(allow, policy);
  return policy;
}

const refuse = (message: string): never => {
  throw new EngineError('guarded_address', message);
};

const matches = (address: Address, [network, bits]: AddressRange): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** Why an address is closed, or undefined when it may be connected to. */
function findClosure(text: string, policy: CompiledPolicy, opened: boolean): string | undefined {
  if (!ipaddr.isValid(text)) {
    return 'is not an address';
  }
  const address = ipaddr.process(text);
  if (METADATA.some((range) => matches(address, range))) {
    return 'is a metadata service';
  }
  const range = matches(address, IPV4_COMPATIBLE) && text !== '::1' ? 'ipv4Compatible' : address.range();
  const open = opened || policy.ranges.some((allowed) => matches(address, allowed));
  if (range === 'unicast' || (open && OPENABLE.has(range))) {
    return undefined;
  }
  return `is ${ownValue(RANGE_WORDS, range) ?? `a ${range}`} address`;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const isLiteral = (host: string): boolean => ipaddr.isValid(host);

const placeText = ({ host, port }: Place): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Checks what needs no look-up: a literal address, or nothing. */
function checkLiteral(place: Place, policy: CompiledPolicy, opened: boolean): void {
  const closure = isLiteral(place.host) ? findClosure(place.host, policy, opened) : undefined;
  if (closure !== undefined) {
    refuse(`${place.host} ${closure}: expected a public address, or one that PHAROS_EGRESS_ALLOW opens.`);
  }
}

interface CheckedUrl extends Place {
  readonly url: URL;
  /** By `host:port`. */
  readonly opened: boolean;
}

/**
 * Checks everything about a URL that needs no look-up of names, for the moment when somebody saves it.
 * @throws EngineError `guarded_address`; the text names the host, never the path, which may hold a secret
 */
export function checkUrl(text: string, policy: EgressPolicy): CheckedUrl {
  const rules = compilePolicy(policy);
  const url = parseUrl(text);
  const host = hostOf(url);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const place = { host, port };
  const opened = rules.places.has(placeText(place));
  if (!opened && !isOrdinaryPort(port)) {
    refuse(`${host} is addressed at port ${port}: expected 443, or a port from 1024 on that is no other protocol's.`);
  }
  checkLiteral(place, rules, opened);
  const openedRange = isLiteral(host) && isInRanges(host, rules);
  if (url.protocol === 'http:' && !opened && !openedRange && (isLiteral(host) || rules.ranges.length === 0)) {
    refuse(`${host} is addressed by http: expected https, or a place that PHAROS_EGRESS_ALLOW opens.`);
  }
  return { ...place, url, opened };
}

const isOrdinaryPort = (port: number): boolean =>
  port === 443 || port === 80 || (port >= 1024 && !BAD_HIGH_PORTS.has(port));

const isInRanges = (address: string, { ranges }: CompiledPolicy): boolean =>
  ranges.some((range) => matches(ipaddr.process(address), range));

function parseUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) {
    refuse(`The address has ${text.length} characters: expected at most ${MAX_URL_LENGTH}.`);
  }
  // WHATWG drops these from inside a URL, so that what a person reads is not what is called.
  if (/[\s\\\p{Cc}]/u.test(text)) {
    refuse('The address holds white space, a backslash or a control character: expected none.');
  }
  const url = URL.canParse(text) ? new URL(text) : refuse('The address cannot be read: expected https://host/path.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuse(`The address begins with ${url.protocol}: expected https.`);
  }
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) {
    refuse('The address holds a user name or password: expected them in settings of their own.');
  }
  return url;
}

/** Without brackets and the final dot of a full name. */
const hostOf = ({ hostname }: Pick<URL, 'hostname'>): string =>
  hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

/**
 * Checks a URL and every address that its name has now.
 * @throws EngineError `guarded_address` when one of them is closed; what `resolve` throws when the name cannot be resolved
 */
export async function checkDestination(
  text: string,
  policy: EgressPolicy,
  resolve: Resolve
): Promise<Destination & { readonly url: URL }> {
  const { url, opened, ...place } = checkUrl(text, policy);
  const rules = compilePolicy(policy);
  const addresses = await resolveChecked(place, { rules, opened, resolve });
  const allOpened = opened || addresses.every((address) => isInRanges(address, rules));
  if (url.protocol === 'http:' && !allOpened) {
    refuse(`${place.host} is addressed by http: expected https, or a place that PHAROS_EGRESS_ALLOW opens.`);
  }
  return { ...place, url, addresses, opened: allOpened };
}

/** The same for a mail server; TLS is the caller's to demand where the place is not `opened`. */
export async function checkMailServer(place: Place, policy: EgressPolicy, resolve: Resolve): Promise<Destination> {
  const rules = compilePolicy(policy);
  const host = hostOf({ hostname: place.host });
  const opened = rules.places.has(placeText({ host, port: place.port }));
  if (!opened && ![25, 465, 587, 2525].includes(place.port)) {
    refuse(`${host} is addressed at port ${place.port}: expected a port of mail servers (25, 465, 587, 2525).`);
  }
  const addresses = await resolveChecked({ host, port: place.port }, { rules, opened, resolve });
  const allOpened = opened || addresses.every((address) => isInRanges(address, rules));
  return { host, port: place.port, addresses, opened: allOpened };
}

async function resolveChecked(
  place: Place,
  { rules, opened, resolve }: { rules: CompiledPolicy; opened: boolean; resolve: Resolve }
): Promise<readonly string[]> {
  checkLiteral(place, rules, opened);
  if (isLiteral(place.host)) {
    return [place.host];
  }
  const addresses = await resolve(place.host);
  if (addresses.length === 0) {
    throw new Error(`no address is known for ${place.host}`);
  }
  for (const address of addresses) {
    const closure = findClosure(address, rules, opened);
    if (closure !== undefined) {
      refuse(
        `${place.host} resolves to ${address}, which ${closure}: expected a public address, or one that PHAROS_EGRESS_ALLOW opens.`
      );
    }
  }
  return addresses;
}

/**
 * A dispatcher that connects to the checked addresses only, whatever the name resolves to by then. It follows no redirect by itself.
 * Literal hosts never reach the look-up; `checkDestination` has checked them.
 */
export function guardedDispatcher({ addresses }: Destination): Dispatcher {
  const pinned = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return new Agent({
    connect: {
      lookup: (_hostname, options, callback) => {
        const [first] = pinned;
        if (options.all === true) {
          callback(null, pinned);
        } else {
          callback(null, first?.address ?? '', first?.family);
        }
      },
    },
  });
}
