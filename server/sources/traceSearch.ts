import { z } from 'zod';
import type { SearchedTrace } from '../../src/core/evidence/evidence.ts';
import { epochMs, type EpochMs } from '../../src/core/units.ts';

const attribute = z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }).optional() });
/** Spans that matched, with the attributes that the query reads. */
const spanSet = z.object({
  spans: z.array(z.object({ attributes: z.array(attribute).optional() })).optional(),
  /** More than the spans that came with it. */
  matched: z.number().optional(),
});

const trace = z.object({
  /** Without leading zeros. */
  traceID: z.string().regex(/^[0-9a-f]{1,32}$/i, 'expected a trace id'),
  rootServiceName: z.string().optional(),
  rootTraceName: z.string().optional(),
  startTimeUnixNano: z.string().regex(/^\d+$/),
  /** Absent below a millisecond. */
  durationMs: z.number().optional(),
  spanSets: z.array(spanSet).optional(),
  /** All services of the trace, since Tempo 2.4. */
  serviceStats: z
    .record(z.string(), z.object({ spanCount: z.number().optional(), errorCount: z.number().optional() }))
    .optional(),
});
type WireTrace = z.output<typeof trace>;

export const searchAnswer = z.object({ traces: z.array(trace).optional() });

/** Tempo says this in place of a name while the root span has not arrived. */
const NO_ROOT = '<root span not yet received>';
const rootServiceOf = ({ rootServiceName = '' }: WireTrace): string =>
  rootServiceName === NO_ROOT ? '' : rootServiceName;

/** Nanoseconds do not fit a number. */
const startOf = ({ startTimeUnixNano }: WireTrace): EpochMs => epochMs(Number(BigInt(startTimeUnixNano) / 1_000_000n));

export const endOf = (searched: WireTrace): EpochMs => epochMs(startOf(searched) + (searched.durationMs ?? 0));

export function servicesOf(searched: WireTrace): readonly string[] {
  return [...new Set([...Object.keys(searched.serviceStats ?? {}), rootServiceOf(searched)])].filter(
    (name) => name !== ''
  );
}

export function foundTrace(searched: WireTrace): SearchedTrace {
  const { traceID, rootTraceName = '', durationMs = 0 } = searched;
  return {
    traceId: traceID.toLowerCase().padStart(32, '0'),
    rootName: rootTraceName,
    rootService: rootServiceOf(searched),
    startedAt: startOf(searched),
    durationMs,
    failedIn: failedIn(searched),
    services: Object.entries(searched.serviceStats ?? {})
      .map(([service, { spanCount = 0, errorCount = 0 }]) => ({ service, spans: spanCount, errors: errorCount }))
      .toSorted((a, b) => b.spans - a.spans),
    matched: matchedIn(searched),
  };
}

function matchedIn({ spanSets = [] }: WireTrace): number | null {
  const counts = spanSets.flatMap(({ matched }) => matched ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** Where spans failed: by the counts of each service, else by the spans that matched. */
function failedIn({ serviceStats = {}, spanSets = [] }: WireTrace): readonly string[] {
  const counted = Object.entries(serviceStats).flatMap(([name, { errorCount = 0 }]) => (errorCount > 0 ? [name] : []));
  const matched = spanSets
    .flatMap(({ spans = [] }) => spans.map(({ attributes = [] }) => attributes))
    .filter((attributes) => textOf(attributes, 'status') === 'error')
    .map((attributes) => textOf(attributes, 'service.name'));
  const names = counted.length > 0 ? counted : matched;
  return [...new Set(names)].filter((name) => name !== undefined).toSorted();
}

const textOf = (attributes: ReadonlyArray<z.output<typeof attribute>>, key: string): string | undefined =>
  attributes.find((one) => one.key === key)?.value?.stringValue;
