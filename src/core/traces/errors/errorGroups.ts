import { patternOf } from '../../evidence/logPatterns.ts';
import { epochMs, type EpochMs } from '../../units.ts';
import { cell } from '../column.ts';
import { errorSpread } from '../errorSpread.ts';
import { exceptionOf } from '../exceptionOf.ts';
import { attributeOf, operationOf, serviceOf } from '../spanFields.ts';
import type { Trace } from '../trace.ts';

/** Failures that say the same and began in the same operation. */
export interface ErrorGroup {
  /** Type of the exception, or what the span says else; `error` where it says nothing. */
  readonly type: string;
  /** The message with what varies replaced by `<*>`; '' where there is none. */
  readonly template: string;
  /** Of the newest. */
  readonly message: string;
  readonly service: string;
  readonly operation: string;
  /** Spans in which such a failure began. */
  readonly count: number;
  readonly traces: number;
  readonly firstSeenAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  /** Of the service, as `service.version` says. */
  readonly versions: readonly string[];
  /** The newest. */
  readonly example: { readonly traceId: string; readonly spanId: string };
}

/** Beyond this a message is cut: a stack trace in its place must not outweigh all others. */
const LONGEST_MESSAGE = 500;

interface Growing extends Omit<ErrorGroup, 'traces' | 'versions'> {
  readonly traceIds: Set<string>;
  readonly versionsSeen: Set<string>;
}

/** Takes traces one by one: between them whoever calls may do something else. */
export interface ErrorGroups {
  add(trace: Trace): void;
  /** The most frequent first. */
  groups(): readonly ErrorGroup[];
}

/**
 * Failures of traces by type, message and where they began.
 * @param concerning only those that are a failure of this service, or made one of its spans fail
 */
export function createErrorGroups(concerning?: string): ErrorGroups {
  const groups = new Map<string, Growing>();
  return {
    add(trace) {
      const { origins, failed } = errorSpread(trace);
      for (const span of origins) {
        if (concerning === undefined || reaches(trace, { span, failed, service: concerning })) {
          const one = groupOf(trace, span);
          const key = [one.type, one.template, one.service, one.operation].join('\u0000');
          groups.set(key, joined(groups.get(key), one));
        }
      }
    },
    groups: () =>
      Array.from(groups.values(), ({ traceIds, versionsSeen, ...group }) => ({
        ...group,
        traces: traceIds.size,
        versions: [...versionsSeen].toSorted(),
      })).toSorted((a, b) => b.count - a.count || b.lastSeenAt - a.lastSeenAt),
  };
}

/** Whether a failed span of the service stands on the way up from where the failure began. */
function reaches(
  trace: Trace,
  { span, failed, service }: { readonly span: number; readonly failed: Uint8Array; readonly service: string }
): boolean {
  for (let at = span; at !== -1; at = cell(trace.parent, at)) {
    if (failed[at] === 1 && serviceOf(trace, at) === service) {
      return true;
    }
  }
  return false;
}

function groupOf(trace: Trace, span: number): Growing {
  const { type, message: firstLine } = wordsOf(trace, span);
  const at = epochMs(Number(trace.epochNs / 1_000_000n) + Math.floor(cell(trace.endNs, span) / 1_000_000));
  const version = attributeOf(trace, span, 'service.version');
  return {
    type,
    template: patternOf(firstLine),
    message: firstLine,
    ...{ service: serviceOf(trace, span), operation: operationOf(trace, span) },
    ...{ count: 1, firstSeenAt: at, lastSeenAt: at },
    example: { traceId: trace.traceId, spanId: trace.spanIds[span] ?? '' },
    traceIds: new Set([trace.traceId]),
    versionsSeen: new Set(typeof version === 'string' && version !== '' ? [version] : []),
  };
}

/** A status code of HTTP, which conventions allow for a type, says more with its name; a message that repeats it says nothing. */
function wordsOf(trace: Trace, span: number): { readonly type: string; readonly message: string } {
  const said = exceptionOf(trace, span);
  const type = /^\d{3}$/.test(said.type) ? `HTTP ${said.type}` : said.type;
  const [message = ''] = said.message.slice(0, LONGEST_MESSAGE).split('\n');
  if (type === '') {
    return CODE.test(message) ? { type: message, message: '' } : { type: 'error', message };
  }
  return { type, message: message === type ? '' : message };
}

const CODE = /^(?:HTTP|gRPC status) \d+$/;

function joined(before: Growing | undefined, one: Growing): Growing {
  if (before === undefined) {
    return one;
  }
  const { message, example } = one.lastSeenAt >= before.lastSeenAt ? one : before;
  return {
    ...before,
    ...{ message, example },
    count: before.count + 1,
    firstSeenAt: before.firstSeenAt < one.firstSeenAt ? before.firstSeenAt : one.firstSeenAt,
    lastSeenAt: before.lastSeenAt > one.lastSeenAt ? before.lastSeenAt : one.lastSeenAt,
    traceIds: addAll(before.traceIds, one.traceIds),
    versionsSeen: addAll(before.versionsSeen, one.versionsSeen),
  };
}

/** Into the first: a copy for each of thousands of failures would be dear. */
function addAll(into: Set<string>, more: ReadonlySet<string>): Set<string> {
  more.forEach((one) => into.add(one));
  return into;
}
