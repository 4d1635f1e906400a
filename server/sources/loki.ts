import { z } from 'zod';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createKeeps } from './keeps.ts';
import { parseLogEntries } from './logEntries.ts';
import { createNewestByService } from './newestByService.ts';
import { parseRange } from './prometheus.ts';
import type { LokiSource, Source } from './source.ts';

/** Asked each minute: far enough back to miss nothing, and to know times to a step. */
const LOOK_BACK = minutes(3);
const STEP_SECONDS = 30;

const nanoseconds = (at: EpochMs): string => `${at}000000`;

const SERVICES = `sum by (service_name) (count_over_time({service_name=~".+"}[${STEP_SECONDS}s]))`;

const labelsAnswer = z.object({ status: z.literal('success') });

export function createLokiSource(
  identity: Omit<Source, 'health' | 'check' | 'kind'>,
  { store, clock }: { store: HttpStore; clock: Clock }
): LokiSource {
  const newest = createNewestByService((at) => store.record.sawDataOf(at));
  return {
    ...identity,
    kind: 'loki',
    health: () => store.health(),
    keeps: createKeeps('loki', { store, clock }),
    check: (signal) =>
      store.check(() => store.ask({ path: '/loki/api/v1/labels', signal, parse: (body) => labelsAnswer.parse(body) })),
    async newestByService(signal) {
      const now = clock.now();
      const series = await store.ask({
        path: '/loki/api/v1/query_range',
        params: {
          query: SERVICES,
          start: nanoseconds(epochMs(now - LOOK_BACK)),
          end: nanoseconds(now),
          step: `${STEP_SECONDS}s`,
        },
        signal,
        parse: parseRange,
      });
      for (const { labels, times, values } of series ?? []) {
        const last = values.findLastIndex((count) => count > 0);
        const at = times[last];
        if (at !== undefined) {
          // The last step may end after now: Loki counts in whole steps.
          newest.add(labels['service_name'] ?? '', at < now ? at : now);
        }
      }
      return newest.read(now);
    },
    queryRange: async (query, { from, to, limit, newest: backward = false, signal }) =>
      (await store.ask({
        path: '/loki/api/v1/query_range',
        // Loki leaves out its end.
        params: {
          query,
          start: nanoseconds(from),
          end: nanoseconds(epochMs(to + 1)),
          limit: String(limit),
          direction: backward ? 'backward' : 'forward',
        },
        signal,
        parse: parseLogEntries,
      })) ?? [],
  };
}
