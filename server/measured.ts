import type { Deps, ReceiverSender } from './deps.ts';
import type { Metrics } from './metrics.ts';

/* The same parts, with their time and outcome counted. */

type Store = Deps['store'];
type Pipeline = Deps['pipeline'];
type Tools = { readonly metrics: Metrics; readonly clock: Deps['clock'] };

/** Times every write transaction, those that fail too, the wait for the write lock included. */
export const measuredStore = <S extends Store>(store: S, metrics: Metrics): S => ({
  ...store,
  async write(work: Parameters<Store['write']>[0]) {
    const stop = metrics.storeWriteSeconds.startTimer();
    try {
      return await store.write(work);
    } finally {
      stop();
    }
  },
});

/** Times intake, from the call to the commit. */
export const measuredIntake = <P extends Pipeline>(pipeline: P, metrics: Metrics): P => ({
  ...pipeline,
  async ingest(...parcel: Parameters<Pipeline['ingest']>) {
    const started = performance.now();
    const result = await pipeline.ingest(...parcel);
    metrics.intakeSeconds.observe((performance.now() - started) / 1000);
    return result;
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
