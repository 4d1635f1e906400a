import { attributeOf, kindOf, operationOf, serviceOf } from '../spanFields.ts';
import type { Trace } from '../trace.ts';
import { normalizeStatement } from './normalizeStatement.ts';

export const CALL_KINDS = ['database', 'http', 'rpc', 'messaging', 'other'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** What a service asked of another. '' for what its span does not say. */
export interface CallDescription {
  readonly kind: CallKind;
  /** Such as `postgresql` or `kafka`. */
  readonly system: string;
  /** Who was called: a service, a host, a database, a queue. */
  readonly target: string;
  /** What was asked, without its values. */
  readonly name: string;
}

/** Names of the OpenTelemetry conventions, the newer before the older. */
const DATABASE = ['db.system.name', 'db.system', 'db.type'];
const STATEMENT = ['db.query.text', 'db.statement'];
const DATABASE_NAME = ['db.namespace', 'db.name', 'db.instance'];
const COLLECTION = ['db.collection.name', 'db.sql.table', 'db.mongodb.collection'];
const MESSAGING = ['messaging.system', 'messaging.system.name'];
const QUEUE = ['messaging.destination.name', 'messaging.destination'];
const METHOD = ['http.request.method', 'http.method'];
const TEMPLATE = ['url.template', 'http.route'];
const URLS = ['url.full', 'http.url', 'url.path', 'http.target'];
const HOST = ['server.address', 'net.peer.name', 'http.host', 'network.peer.address', 'peer.address'];

/** The first of several attributes that a span has, as text. */
type Read = (keys: readonly string[]) => string;

/** What a call is, by the attributes of its span; undefined for a span that calls nobody. */
export function describeCall(trace: Trace, span: number): CallDescription | undefined {
  const read: Read = (keys) => firstText(trace, span, keys);
  const kind = kindOf(trace, span);
  const named = operationOf(trace, span);
  if (read([...DATABASE, ...STATEMENT]) !== '') {
    // The server half of a call to a database is the database's own span, if it has any.
    return kind === 'server' || kind === 'consumer' ? undefined : databaseCall(read, named);
  }
  if (kind !== 'client' && kind !== 'producer') {
    return undefined;
  }
  const target = read(['peer.service']) || calledService(trace, span) || read(HOST);
  const messaging = read(MESSAGING);
  if (messaging !== '' || kind === 'producer') {
    return { kind: 'messaging', system: messaging, target: read(QUEUE) || target, name: named };
  }
  return remoteCall(read, target, named);
}

function remoteCall(read: Read, target: string, named: string): CallDescription {
  const system = read(['rpc.system', 'rpc.system.name']);
  if (system !== '') {
    const procedure = [read(['rpc.service']), read(['rpc.method'])].filter((part) => part !== '').join('/');
    return { kind: 'rpc', system, target, name: procedure || named };
  }
  const method = read(METHOD);
  if (method === '') {
    return { kind: 'other', system: '', target, name: named };
  }
  const path = read(TEMPLATE) || pathOf(read(URLS));
  return { kind: 'http', system: '', target, name: path === '' ? named : `${method} ${path}` };
}

function databaseCall(read: Read, named: string): CallDescription {
  const system = read(DATABASE);
  const statement = normalizeStatement(read(STATEMENT), system);
  const action = [read(['db.operation.name', 'db.operation']), read(COLLECTION)]
    .filter((part) => part !== '')
    .join(' ');
  return {
    kind: 'database',
    system,
    target: read(DATABASE_NAME) || read(['peer.service']) || read(HOST),
    name: statement || read(['db.query.summary']) || action || named,
  };
}

function firstText(trace: Trace, span: number, keys: readonly string[]): string {
  for (const key of keys) {
    const value = attributeOf(trace, span, key);
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') {
      return String(value);
    }
  }
  return '';
}

/** The service of the span that answered, where it is in the trace. */
function calledService(trace: Trace, span: number): string {
  const child = span + 1;
  const isBelow = child < (trace.subtreeEnd[span] ?? 0);
  return isBelow && serviceOf(trace, child) !== serviceOf(trace, span) ? serviceOf(trace, child) : '';
}

const ID_SEGMENT = /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^/]*\d)[0-9a-f]{8,}|(?=[^/]*\d)[A-Za-z0-9_-]{20,})$/i;

/** The path of an address with `{id}` for what looks like one; without it each order would be a call of its own. */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const segments = path.split('/').map((segment) => (ID_SEGMENT.test(segment) ? '{id}' : segment));
  return url === '' ? '' : segments.join('/') || '/';
}
