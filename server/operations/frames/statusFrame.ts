import { USUAL_SOURCES } from '../../../src/core/frames/alertGrouping.ts';
import { STATUS_FIGURES, type StatusFigure } from '../../../src/core/frames/statusFigure.ts';
import { epochMs, hours } from '../../../src/core/units.ts';
import { buildFrame, numberColumn } from './buildFrame.ts';
import type { FrameCall, FrameSource } from './frameSource.ts';
import { NOTIFY } from '../../notifyPayload.ts';

async function figuresOf({ deps, namespace, now }: FrameCall): Promise<Readonly<Record<StatusFigure, number>>> {
  const { alerts, jobs } = deps.store.read;
  const [{ bySeverity }, deliveries] = await Promise.all([
    alerts.count(namespace, { states: ['firing', 'no_data'], sources: USUAL_SOURCES }),
    jobs.stats(namespace, NOTIFY, epochMs(now - hours(1))),
  ]);
  const services = deps.discovery.services(namespace);
  const { rules, late, missed, failed } = deps.evaluator.stats(namespace);
  return {
    alerts_critical: bySeverity.critical,
    alerts_error: bySeverity.error,
    alerts_warning: bySeverity.warning,
    alerts_info: bySeverity.info,
    services_hurting: services.filter(({ health }) => health.state === 'degraded' || health.state === 'critical')
      .length,
    sources_down: deps.sources.list(namespace).filter((source) => source.health().status === 'down').length,
    deliveries_queued: deliveries.queued,
    deliveries_dead: deliveries.dead,
    rules,
    evaluations_late: late,
    evaluations_missed: missed,
    evaluations_failed: failed,
  };
}

/** One row of figures as they are now; the label keeps them apart in alerting, where a figure is an instance. */
export const statusFrame: FrameSource<'status'> = {
  isTable: false,
  async answer(call, { figures = [] }) {
    const values = await figuresOf(call);
    const chosen = STATUS_FIGURES.filter(({ name }) => figures.length === 0 || figures.includes(name));
    return [
      buildFrame(
        { refId: call.refId, name: 'status', meta: { type: 'numeric-wide' } },
        chosen.map(({ name, title, description }) =>
          numberColumn(name, [values[name]], {
            labels: { figure: name },
            config: { displayNameFromDS: title, description, unit: 'short', decimals: 0 },
          })
        )
      ),
    ];
  },
};
