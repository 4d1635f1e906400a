import { z } from 'zod';
import type { LogEntry } from '../../src/core/evidence/evidence.ts';
import { epochMs } from '../../src/core/units.ts';

const labels = z.record(z.string(), z.string());

/**
 * Loki joins the metadata of lines to the labels of their stream; asked to keep them apart, as some gateways do, it gives them as a
 * third value of the line.
 */
const value = z.tuple([z.string().regex(/^\d+$/, 'expected nanoseconds'), z.string()], z.unknown());
const metadata = z.object({ structuredMetadata: labels.optional(), parsed: labels.optional() });

const linesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('streams', { error: 'expected log lines' }),
    result: z.array(z.object({ stream: labels, values: z.array(value) })),
  }),
});

interface Timed {
  /** Lines of one millisecond have an order too. */
  readonly nanoseconds: bigint;
  readonly entry: LogEntry;
}

/** Log lines of all streams, oldest first. @throws ZodError, also where the query gives numbers */
export function parseLogEntries(body: unknown): readonly LogEntry[] {
  const { result } = linesAnswer.parse(body).data;
  const timed = result.flatMap(({ stream, values }) =>
    values.map(([time, line, ...rest]): Timed => {
      const own = metadata.safeParse(rest[0]).data;
      const nanoseconds = BigInt(time);
      return {
        nanoseconds,
        entry: {
          at: epochMs(Number(nanoseconds / 1_000_000n)),
          line,
          labels: { ...stream, ...own?.structuredMetadata, ...own?.parsed },
        },
      };
    })
  );
  return timed
    .toSorted((a, b) => (a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds ? 1 : 0))
    .map(({ entry }) => entry);
}
