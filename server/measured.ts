import type { Deps, ReceiverSender } from './deps.ts';
import type { Metrics } from './metrics.ts';

/* The same parts, with their time and outcome counted. */

type Store = Deps['store'];
type Tools = { readonly metrics: Metrics; readonly clock: Deps['clock'] };

/** Times every write transaction, the wait for the write lock included. */
export const measuredStore = <S extends Store>(store: S, metrics: Metrics): S => ({
  ...store,
  async write(work: Parameters<Store['write']>[0]) {
    const started = performance.now();
    const observe = (outcome: string): void =>
      metrics.commitSeconds.observe({ outcome }, (performance.now() - started) / 1000);
    try {
      const result = await store.write(work);
      observe('committed');
      return result;
    } catch (error) {
      observe('failed');
      throw error;
    }
  },
});

/** Times intake, from the call to the commit. */
export const measuredIntake = <P extends Deps['pipeline']>(pipeline: P, metrics: Metrics): P => ({
  ...pipeline,
  async ingest(namespace: string, observations: Parameters<P['ingest']>[1]) {
    const started = performance.now();
    await pipeline.ingest(namespace, observations);
    metrics.intakeSeconds.observe((performance.now() - started) / 1000);
  },
});

/** Counts and times deliveries, and how long the oldest alert of each had waited to be told. */
export function measuredSender(sender: ReceiverSender, { metrics, clock }: Tools): ReceiverSender {
  return {
    async send(receiver, notification, signal) {
      const { kind } = receiver;
      const started = performance.now();
      const result = await sender.send(receiver, notification, signal);
      metrics.deliverySeconds.observe({ kind }, (performance.now() - started) / 1000);
      metrics.notifications.inc({ kind, outcome: result.ok ? 'delivered' : 'failed' });
      const oldest = Math.min(...notification.alerts.map(({ at }) => at));
      if (result.ok && Number.isFinite(oldest)) {
        metrics.eventToNotification.observe((clock.now() - oldest) / 1000);
      }
      return result;
    },
  };
}
