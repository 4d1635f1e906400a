import { ApiError } from '../../api/apiError.ts';
import type { OutputOf } from '../../api/operation.ts';
import { listServices, queryMetrics } from '../../api/system.ts';
import {
  createThreshold,
  deleteThreshold,
  getThreshold,
  listSignals,
  listThresholds,
  listThresholdVersions,
  patchThresholds,
  previewThreshold,
  revertThreshold,
  updateThreshold,
  type ThresholdView,
} from '../../api/thresholds.ts';
import type { Role } from '../../core/identity.ts';
import { SIGNALS } from '../../core/signals/catalogue.ts';
import { epochMs, hours, minutes, seconds } from '../../core/units.ts';
import { fakeEngine, type FakeEngine } from '../../host/fakeEngine.fixture.tsx';
import type { Preview } from './firedWords.ts';
import { NOW, thresholdView } from './threshold.fixture.ts';

/** An engine that keeps thresholds, refuses stale versions, and says that checkout fired seven times. */
export function engineWith(initial: readonly ThresholdView[], role: Role = 'admin') {
  const store = new Map(initial.map((threshold) => [threshold.id, threshold]));
  const deleted = new Map<string, ThresholdView>();
  const get = (id: string): ThresholdView => {
    const found = store.get(id);
    if (found === undefined) {
      throw new ApiError({ code: 'not_found', status: 404, message: `There is no threshold ${id}.` });
    }
    return found;
  };
  const engine = fakeEngine(role)
    .on(listThresholds, () => ({ items: [...store.values()], next: null }))
    .on(getThreshold, ({ id }) => ({ threshold: get(id) }))
    .on(listServices, () => ({
      items: [],
      asOf: NOW,
      staleSince: null,
      problem: null,
      coverage: { services: 5, withThreshold: 3, withOwner: 2, withTestedRoute: 1 },
    }))
    .on(listSignals, ({ service }) => ({
      items: SIGNALS.map((signal) => ({
        ...signal,
        current: service !== undefined && signal.name === 'latency_p95' ? 0.312 : null,
      })),
    }))
    .on(queryMetrics, () => ({
      results: [{ id: 'preview', expr: '', series: [], error: null, notKept: null }],
      step: seconds(60),
    }))
    .on(previewThreshold, ({ service, range = hours(6) }): Preview => ({
      from: epochMs(NOW - range),
      to: NOW,
      step: seconds(60),
      dataFrom: epochMs(NOW - hours(2)),
      expr: 'x',
      series: [],
      levels: [
        { level: 'warning', severity: 'warning', count: service === 'checkout' ? 7 : 0, total: minutes(41) },
        { level: 'critical', severity: 'critical', count: service === 'checkout' ? 2 : 0, total: minutes(14) },
      ],
    }));
  addChanges(engine, { store, deleted, get });
  return { engine, store };
}

interface World {
  readonly store: Map<string, ThresholdView>;
  readonly deleted: Map<string, ThresholdView>;
  readonly get: (id: string) => ThresholdView;
}

function addChanges(engine: FakeEngine, { store, deleted, get }: World): void {
  engine
    .on(createThreshold, ({ reason: _reason, ...input }) => {
      const threshold = thresholdView({ ...thresholdView(), ...input, id: 'new', version: 1 } as ThresholdView);
      store.set('new', threshold);
      return { threshold };
    })
    .on(updateThreshold, ({ id, version, reason: _reason, ...input }) => {
      const before = get(id);
      if (version !== before.version) {
        throw new ApiError({
          code: 'conflict',
          status: 409,
          message: `Threshold ${id} was changed by ada since you read it.`,
        });
      }
      const threshold = { ...before, ...input, version: before.version + 1 } as ThresholdView;
      store.set(id, threshold);
      return { threshold };
    })
    .on(patchThresholds, ({ items }) => ({
      items: items.map(({ id, enabled = true }) => {
        const threshold = { ...get(id), enabled, version: get(id).version + 1 };
        store.set(id, threshold);
        return threshold;
      }),
    }))
    .on(deleteThreshold, ({ id }) => {
      deleted.set(id, get(id));
      store.delete(id);
      return {};
    })
    .on(revertThreshold, ({ id, version }) => {
      const threshold = { ...(deleted.get(id) ?? get(id)), version: version + 2 };
      store.set(id, threshold);
      return { threshold };
    })
    .on(listThresholdVersions, ({ id }): OutputOf<typeof listThresholdVersions> => {
      const { id: _id, version: _v, createdAt: _c, updatedAt: _u, updatedBy: _b, ...spec } = thresholdView();
      return {
        items: [
          { thresholdId: id, version: 3, at: NOW, by: 'ada', reason: 'too loud', change: 'updated', spec },
          {
            thresholdId: id,
            version: 2,
            at: NOW,
            by: 'bob',
            reason: '',
            change: 'updated',
            spec: { ...spec, critical: 1 },
          },
        ],
      };
    });
}
