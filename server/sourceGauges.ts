import type { EpochMs } from '../src/core/units.ts';
import type { Deps } from './deps.ts';
import type { Source } from './sources/source.ts';
import type { SourceAnswer } from './store/sourceRepository.ts';

type SourceGaugeDeps = Pick<Deps, 'clock' | 'store' | 'metrics' | 'sources'>;

interface Looked {
  readonly source: Source;
  /** Undefined where it has never answered. */
  readonly answer: SourceAnswer | undefined;
}

/**
 * Whether sources answer, and since when not. What has ever answered is kept in the store: else an outage would end, for whoever
 * watches the gauge, with the next restart of the engine.
 *
 * @returns what sets the gauges anew; it rejects where the store cannot be asked
 */
export function createSourceGauges(deps: SourceGaugeDeps): () => Promise<void> {
  let stored: ReadonlyMap<string, SourceAnswer> | undefined;
  return async () => {
    const before = (stored ??= new Map((await deps.store.read.sources.answers()).map((one) => [keyOf(one), one])));
    const looked = deps.sources
      .everywhere()
      .map(({ namespace, source }) => look(namespace, source, { before, now: deps.clock.now() }));
    setGauges(deps, looked);
    const after = new Map(looked.flatMap(({ answer }) => (answer === undefined ? [] : [[keyOf(answer), answer]])));
    await keep(deps.store, before, after);
    stored = after;
  };
}

const keyOf = ({ namespace, id }: Pick<SourceAnswer, 'namespace' | 'id'>): string => JSON.stringify([namespace, id]);

function look(
  namespace: string,
  source: Source,
  { before, now }: { before: ReadonlyMap<string, SourceAnswer>; now: EpochMs }
): Looked {
  const { id, url } = source;
  const { status, latencyMs, staleSince } = source.health();
  const known = before.get(keyOf({ namespace, id }));
  const earlier = known?.url === url ? known : undefined;
  if (status === 'unknown') {
    return { source, answer: earlier };
  }
  if (latencyMs !== null) {
    return { source, answer: { namespace, id, url, staleSince } };
  }
  const since = earlier?.staleSince ?? staleSince ?? now;
  return { source, answer: earlier && { ...earlier, staleSince: since } };
}

function setGauges({ metrics, clock }: SourceGaugeDeps, looked: readonly Looked[]): void {
  metrics.sourceUp.reset();
  metrics.sourceStale.reset();
  for (const alike of Map.groupBy(looked, ({ source }) => JSON.stringify([source.kind, source.name])).values()) {
    const answered = alike.filter(({ answer }) => answer !== undefined);
    // One that has never answered would be the worst for ever, and hide the loss of another of its name.
    const statuses = (answered.length > 0 ? answered : alike)
      .map(({ source }) => source.health().status)
      .filter((status) => status !== 'unknown');
    const ages = answered.map(({ answer }) => clock.now() - (answer?.staleSince ?? clock.now()));
    for (const { source } of alike.slice(0, 1)) {
      const labels = { source: source.name, kind: source.kind };
      if (statuses.length > 0) {
        metrics.sourceUp.set(labels, statuses.includes('down') ? 0 : 1);
      }
      if (ages.length > 0) {
        metrics.sourceStale.set(labels, Math.max(...ages) / 1000);
      }
    }
  }
}

/** Writes what is different only, which is seldom: when a source is lost, comes back, comes or goes. */
async function keep(
  store: Deps['store'],
  before: ReadonlyMap<string, SourceAnswer>,
  after: ReadonlyMap<string, SourceAnswer>
): Promise<void> {
  const changed = [...after].filter(([key, answer]) => {
    const was = before.get(key);
    return was?.url !== answer.url || was.staleSince !== answer.staleSince;
  });
  const gone = [...before].filter(([key]) => !after.has(key));
  if (changed.length === 0 && gone.length === 0) {
    return;
  }
  await store.write(async (tx) => {
    for (const [, answer] of changed) {
      await tx.sources.saveAnswer(answer);
    }
    for (const [, { namespace, id }] of gone) {
      await tx.sources.forgetAnswer(namespace, id);
    }
  });
}
