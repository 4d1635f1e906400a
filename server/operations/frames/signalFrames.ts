import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import { findSignal } from '../../../src/core/signals/catalogue.ts';
import { GRAFANA_UNITS } from '../../../src/core/signals/grafanaUnits.ts';
import type { Series } from '../../../src/core/series.ts';
import { epochMs } from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';
import type { PrometheusSource } from '../../sources/source.ts';
import { noLongerKept } from '../system/noLongerKept.ts';
import { askRange, firstTime, requirePrometheus } from '../system/askRange.ts';
import { buildFrame, numberColumn, timeColumn, warning, type FrameMeta } from './buildFrame.ts';
import type { FrameCall, FrameSource } from './frameSource.ts';

/** The measured signal of each service, or of those asked for. Several are asked for together: one question is cheaper than many. */
export const signalFrames: FrameSource<'signals'> = {
  isTable: false,
  async answer(call, { signal: name, services = [] }) {
    const { deps, namespace, refId, from, to, step, signal } = call;
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
    const wanted = series
      .map((one) => ({ ...one, service: one.labels['service'] ?? '' }))
      .filter(({ service }) => services.length === 0 || services.includes(service))
      .toSorted((a, b) => (a.service < b.service ? -1 : 1));
    const meta = await metaOf(call, prometheus, wanted);
    if (wanted.length === 0) {
      return meta.notices === undefined ? [] : [buildFrame({ refId, name, meta }, [])];
    }
    return wanted.map(({ service, times, values }, index) =>
      buildFrame({ refId, name, meta: index === 0 ? meta : { type: 'timeseries-multi' } }, [
        timeColumn('time', times, { config: { interval: step } }),
        numberColumn(name, values, { labels: { service }, config: { unit, displayNameFromDS: service } }),
      ])
    );
  },
};

/** Says where the range begins before what the source keeps. Alerting reads no notices, and asks often. */
async function metaOf(
  { from, now, fromAlert, signal }: FrameCall,
  prometheus: PrometheusSource,
  series: readonly Series[]
): Promise<FrameMeta> {
  const gone = fromAlert ? null : await noLongerKept(prometheus, { from, now, signal, found: firstTime(series) });
  return { type: 'timeseries-multi', ...(gone === null ? {} : { notices: [warning(gone)] }) };
}
