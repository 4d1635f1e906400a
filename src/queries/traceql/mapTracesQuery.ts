import { DATABASE_KEYS, DESTINATION_KEYS, PEER_KEYS } from '../../core/serviceMap/peerKeys.ts';
import type { MapEnd } from '../../core/serviceMap/serviceMap.ts';
import { quote } from '../promql/selector.ts';

const FAILED = 'status = error';

const select = (conditions: readonly string[]): string =>
  `{ ${conditions.filter((condition) => condition !== '').join(' && ')} }`;
const ofService = (name: string): string => `resource.service.name = ${quote(name)}`;
const oneOf = (keys: readonly string[], value: string): string =>
  `(${keys.map((key) => `span.${key} = ${quote(value)}`).join(' || ')})`;

/** What a span says of whom it called that sends no spans; undefined of services and users. */
function peerOf({ kind, name }: MapEnd): string | undefined {
  switch (kind) {
    case 'database':
      return `kind = client && ${oneOf([...PEER_KEYS, ...DATABASE_KEYS], name)}`;
    case 'external':
      return `kind = client && ${oneOf(PEER_KEYS, name)}`;
    case 'queue':
      return `kind = producer && ${oneOf(DESTINATION_KEYS, name)}`;
    default:
      return undefined;
  }
}

/**
 * TraceQL for the traces with a call to a node, or of which users began it.
 * @param failed only with one that failed
 */
export function buildNodeTracesQuery(node: MapEnd, failed = false): string {
  const status = failed ? FAILED : '';
  if (node.kind === 'user') {
    return select(['nestedSetParent < 0', 'kind = server', status]);
  }
  return select([peerOf(node) ?? ofService(node.name), status]);
}

/**
 * TraceQL for the traces with a call from one node to another.
 * @param failed only with one that failed
 */
export function buildCallTracesQuery(from: MapEnd, to: MapEnd, failed = false): string {
  const status = failed ? FAILED : '';
  if (from.kind === 'user') {
    return select(['nestedSetParent < 0', 'kind = server', ofService(to.name), status]);
  }
  if (from.kind === 'queue') {
    return select([ofService(to.name), 'kind = consumer', oneOf(DESTINATION_KEYS, from.name), status]);
  }
  const peer = peerOf(to);
  if (peer !== undefined) {
    return select([ofService(from.name), peer, status]);
  }
  const [caller, called] = [ofService(from.name), ofService(to.name)];
  // As on the map, either side may say so: of a timeout the called often knows nothing.
  return failed
    ? `(${select([caller])} > ${select([called, FAILED])}) || (${select([caller, FAILED])} > ${select([called])})`
    : `${select([caller])} > ${select([called])}`;
}
