import { z } from 'zod';
import { ownValue } from '../../src/core/ownValue.ts';
import type { Sample, Series } from '../../src/core/series.ts';
import { epochMs, parseDuration, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createKeeps } from './keeps.ts';
import type { PrometheusSource, Source } from './source.ts';

const VALUES: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Number.POSITIVE_INFINITY,
  Inf: Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
};

/** Prometheus writes numbers as text, because JSON has neither NaN nor infinities. */
const value = z.string().transform((text, context) => {
  const parsed = ownValue(VALUES, text) ?? Number(text);
  if (text === '' || (Number.isNaN(parsed) && text !== 'NaN')) {
    context.addIssue(`expected a sample value, got "${text.slice(0, 40)}"`);
    return z.NEVER;
  }
  return parsed;
});
const point = z.tuple([z.number(), value]);
const labels = z.record(z.string(), z.string());

const success = <T extends z.ZodType>(data: T) => z.object({ status: z.literal('success'), data });

// A series of native histograms has `histogram` in place of `value`: nothing that a figure could be taken from.
const instantAnswer = success(
  z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: labels, value: point.optional() })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
    z.object({ resultType: z.literal('string'), result: z.tuple([z.number(), z.string()]) }),
    z.object({ resultType: z.literal('matrix'), result: z.array(z.unknown()) }),
  ])
);

const rangeAnswer = success(
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ metric: labels, values: z.array(point).optional() })),
  })
);

const namesAnswer = success(z.array(z.string()));

const targetsAnswer = success(
  z.object({
    activeTargets: z.array(
      z.object({ labels, scrapePool: z.string().optional(), scrapeInterval: z.string().optional() })
    ),
  })
);

const at = (seconds: number): EpochMs => epochMs(Math.round(seconds * 1000));
const unixSeconds = (time: EpochMs): string => (time / 1000).toFixed(3);

/** @throws ZodError, or Error for a range vector, whose points at one moment nobody could use */
function parseInstant(body: unknown): readonly Sample[] {
  const { data } = instantAnswer.parse(body);
  switch (data.resultType) {
    case 'vector':
      return data.result.flatMap(({ metric, value: sample }) =>
        sample === undefined ? [] : [{ labels: metric, at: at(sample[0]), value: sample[1] }]
      );
    case 'scalar':
      return [{ labels: {}, at: at(data.result[0]), value: data.result[1] }];
    default:
      throw new Error(`the expression gives a ${data.resultType}, and one number per series was expected`);
  }
}

export function parseRange(body: unknown): readonly Series[] {
  return rangeAnswer
    .parse(body)
    .data.result.flatMap(({ metric, values }) =>
      values === undefined
        ? []
        : [{ labels: metric, times: values.map(([time]) => at(time)), values: values.map(([, sample]) => sample) }]
    );
}

function parseScrapeIntervals(body: unknown): Readonly<Record<string, DurationMs>> {
  const intervals: Record<string, DurationMs> = {};
  for (const { labels: target, scrapePool, scrapeInterval } of targetsAnswer.parse(body).data.activeTargets) {
    const interval = parseDuration(scrapeInterval ?? '');
    const job = target['job'] ?? scrapePool;
    if (interval !== undefined && job !== undefined) {
      intervals[job] = interval;
    }
  }
  return intervals;
}

/** Any store with the Prometheus query API: Mimir, Thanos and VictoriaMetrics too. */
export function createPrometheusSource(
  identity: Omit<Source, 'health' | 'check' | 'kind'>,
  { store, clock }: { store: HttpStore; clock: Clock }
): PrometheusSource {
  const instant: PrometheusSource['instant'] = async (expr, { at: moment, signal }) =>
    (await store.ask({
      path: '/api/v1/query',
      method: 'POST',
      params: { query: expr, ...(moment === undefined ? {} : { time: unixSeconds(moment) }) },
      signal,
      parse: parseInstant,
    })) ?? [];
  return {
    ...identity,
    kind: 'prometheus',
    instant,
    health: () => store.health(),
    keeps: createKeeps('prometheus', { store, clock }),
    // Asks what the engine lives on, a query: readiness has another path in each store of this kind.
    check: (signal) =>
      store.check(async () => {
        for (const sample of await instant('max(timestamp(up))', { signal })) {
          store.record.sawDataOf(at(sample.value));
        }
      }),
    range: async (expr, { from, to, step, signal, limits = {} }) =>
      (await store.ask({
        path: '/api/v1/query_range',
        method: 'POST',
        params: { query: expr, start: unixSeconds(from), end: unixSeconds(to), step: String(step / 1000) },
        signal,
        limits,
        parse: parseRange,
      })) ?? [],
    labelValues: async (label, { match, signal }) =>
      (await store.ask({
        path: `/api/v1/label/${encodeURIComponent(label)}/values`,
        params: match === undefined ? {} : { 'match[]': match },
        signal,
        parse: (body) => namesAnswer.parse(body).data,
      })) ?? [],
    scrapeIntervals: async (signal) =>
      (await store.ask({
        path: '/api/v1/targets',
        params: { state: 'active' },
        signal,
        parse: parseScrapeIntervals,
        // Stores that scrape nothing themselves have no targets.
        absentOn: [404, 405, 501],
      })) ?? {},
  };
}
