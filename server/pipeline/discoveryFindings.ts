import type { AgeSignal } from '../../src/core/signals/catalogue.ts';
import { hours, seconds, type EpochMs } from '../../src/core/units.ts';
import { messageOf } from '../errors.ts';
import type { LokiSource } from '../sources/source.ts';
import type { DiscoveryDeps } from './discoveryDeps.ts';
import {
  askDependencies,
  askNewestSamples,
  askSignal,
  askSignals,
  askTrend,
  askVersions,
  type Asked,
} from './discoveryQuestions.ts';
import { NO_FINDINGS, serviceNames, type Findings } from './discoveryView.ts';

/** Asks the sources of a namespace, each part at its own pace; what fails stays as it was and is asked again the next time. */
export interface FindingsKeeper {
  current(): Findings;
  /** When the figures were last asked with success. */
  asOf(): EpochMs | null;
  /** @param onFigures called as soon as the figures are there: they matter more than how the last half hour looked */
  refresh(signal: AbortSignal, onFigures: () => Promise<void>): Promise<void>;
}

/** How often `refresh` is called; figures are asked for each time. */
export const POLL_EVERY = seconds(10);
const SHAPE_EVERY_MS = 30_000;
const SLOW_EVERY = seconds(60);
const PROMETHEUS_PARTS = ['figures', 'dependencies', 'trends', 'versions', 'signals'] as const;
type Part = (typeof PROMETHEUS_PARTS)[number] | AgeSignal;
/** A service that has gone altogether is shown as silent for so long. */
const FORGET_AFTER = hours(1);

export function createFindingsKeeper(namespace: string, deps: DiscoveryDeps): FindingsKeeper {
  const { clock, log } = deps;
  const lastAsked = new Map<Part, EpochMs>();
  let findings: Findings = NO_FINDINGS;
  let asOf: EpochMs | null = null;
  let lastFound = '';

  const part = async (name: Part, every: number, ask: () => Promise<Partial<Findings>>): Promise<void> => {
    const now = clock.now();
    const last = lastAsked.get(name);
    if (last !== undefined && now - last < every) {
      return;
    }
    try {
      const answer = await ask();
      findings = { ...findings, ...answer };
      lastAsked.set(name, now);
    } catch (error) {
      log.debug({ namespace, part: name, error: messageOf(error) }, 'discovery keeps what it knew');
    }
  };

  const askAll = async (asked: Asked, onFigures: () => Promise<void>): Promise<void> => {
    await Promise.all([
      part('figures', 0, async () => {
        const now = clock.now();
        const figures = await askFigures(asked, { before: findings.sample_age, now });
        asOf = now;
        return figures;
      }),
      part('dependencies', SHAPE_EVERY_MS, async () => ({ dependencies: await askDependencies(asked) })),
    ]);
    // New metrics or services: what is asked seldom would know nothing of them for a minute.
    const found = [asked.known.metrics.size, findings.requestRate.size, ...serviceNames(findings)].join('\n');
    if (found !== lastFound) {
      lastFound = found;
      lastAsked.clear();
    }
    await onFigures();
    await Promise.all([
      part('trends', SHAPE_EVERY_MS, () => askTrends(asked, clock.now())),
      part('versions', SHAPE_EVERY_MS, async () => ({ versions: await askVersions(asked) })),
      part('signals', SLOW_EVERY, async () => ({ signals: await askSignals(asked) })),
    ]);
  };

  const askOthers = async (signal: AbortSignal): Promise<void> => {
    const hear = async (age: AgeSignal, source: Pick<LokiSource, 'newestByService'> | undefined): Promise<void> => {
      if (source === undefined) {
        findings = { ...findings, [age]: undefined };
        return;
      }
      await part(age, SLOW_EVERY, async () => {
        const askedAt = clock.now();
        return { [age]: { askedAt, every: SLOW_EVERY, byService: await source.newestByService(signal) } };
      });
    };
    const { loki, tempo } = deps.sources.own;
    await Promise.all([hear('log_age', loki(namespace)), hear('span_age', tempo(namespace))]);
  };

  return {
    current: () => findings,
    asOf: () => asOf,
    async refresh(signal, onFigures) {
      const prometheus = async (): Promise<void> => {
        const source = deps.sources.own.prometheus(namespace);
        const known = await deps.catalogue.read(namespace, signal);
        if (source === undefined) {
          findings = withoutPrometheus(findings, lastAsked);
          asOf = null;
        } else if (known !== undefined) {
          await askAll({ source, known, signal }, onFigures);
        }
      };
      await Promise.all([prometheus(), askOthers(signal)]);
    },
  };
}

/** Without what a Prometheus said that is no longer there; what the others say stays, and so does their pace. */
function withoutPrometheus({ log_age, span_age }: Findings, lastAsked: Map<Part, EpochMs>): Findings {
  PROMETHEUS_PARTS.forEach((name) => lastAsked.delete(name));
  return { ...NO_FINDINGS, log_age, span_age };
}

async function askFigures(
  asked: Asked,
  { before, now }: { before: Findings['sample_age']; now: EpochMs }
): Promise<Partial<Findings>> {
  const [requestRate, errorRatio, latencyP95, up, newestNow] = await Promise.all([
    askSignal(asked, 'request_rate'),
    askSignal(asked, 'error_ratio'),
    askSignal(asked, 'latency_p95'),
    askSignal(asked, 'up'),
    askNewestSamples(asked),
  ]);
  const remembered = [...(before?.byService ?? []), ...newestNow].filter(([, at]) => at > now - FORGET_AFTER);
  const samples = { askedAt: now, every: POLL_EVERY, byService: new Map(remembered) };
  return { requestRate, errorRatio, latencyP95, up, sample_age: samples };
}

async function askTrends(asked: Asked, now: EpochMs): Promise<Partial<Findings>> {
  const [requestRate, errorRatio, latencyP95] = await Promise.all([
    askTrend(asked, 'request_rate', now),
    askTrend(asked, 'error_ratio', now),
    askTrend(asked, 'latency_p95', now),
  ]);
  return { trends: { requestRate, errorRatio, latencyP95 } };
}
