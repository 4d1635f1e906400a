import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import { findSignal } from '../../../src/core/signals/catalogue.ts';
import { GRAFANA_UNITS } from '../../../src/core/signals/grafanaUnits.ts';
import { epochMs } from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';
import { askRange, requirePrometheus } from '../system/askRange.ts';
import { buildFrame, numberColumn, timeColumn } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';

/** The measured signal of each service, or of those asked for. Several are asked for together: one question is cheaper than many. */
export const signalFrames: FrameSource<'signals'> = {
  isTable: false,
  async answer({ deps, namespace, refId, from, to, step, signal }, { signal: name, services = [] }) {
    if (isAgeSignal(name)) {
      throw new EngineError('invalid_input', explainNoPast(name));
    }
    const prometheus = requirePrometheus(deps, namespace);
    const expr = deps.discovery.signalExpr(namespace, name, services.length === 1 ? services[0] : undefined);
    // Aligned, so that points stay where they are from one refresh to the next; none lies beyond the range.
    const last = Math.floor(to / step) * step;
    const range = { from: epochMs(Math.min(Math.ceil(from / step) * step, last)), to: epochMs(last), step };
    const series = await askRange(prometheus, expr, { range, signal });
    const unit = GRAFANA_UNITS[findSignal(name)?.unit ?? 'none'];
    return series
      .map((one) => ({ ...one, service: one.labels['service'] ?? '' }))
      .filter(({ service }) => services.length === 0 || services.includes(service))
      .toSorted((a, b) => (a.service < b.service ? -1 : 1))
      .map(({ service, times, values }) =>
        buildFrame({ refId, name, meta: { type: 'timeseries-multi' } }, [
          timeColumn('time', times, { config: { interval: step } }),
          numberColumn(name, values, { labels: { service }, config: { unit, displayNameFromDS: service } }),
        ])
      );
  },
};
