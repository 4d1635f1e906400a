import { setTimeout as pause } from 'node:timers/promises';
import { acknowledgeAlert, listAlerts } from '../src/api/alerts.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { sendAlerts } from './alertSender.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';

const SECONDS = 20;
const PER_S = 1000;
const EVERY_MS = 50;
const OPEN_BEFORE = 1000;

async function openAlerts(engine: RealEngine): Promise<string[]> {
  await sendAlerts(engine, { connections: 2, batch: 100, seconds: 1, distinct: OPEN_BEFORE });
  const { items } = await engine.client.call(listAlerts, { limit: 1000 });
  return items.map(({ id }) => id);
}

export const benchmark: Benchmark = {
  title: `how long a person's acknowledgement takes, and the list of alerts, while ${PER_S} alerts a second come in`,
  async measure() {
    const engine = await startEngine();
    try {
      const ids = await openAlerts(engine);
      const acknowledging: number[] = [];
      const listing: number[] = [];
      let stopped = false;
      const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
        const started = performance.now();
        await work();
        into.push(performance.now() - started);
      };
      const person = async (): Promise<void> => {
        while (!stopped) {
          const id = ids.pop();
          if (id !== undefined) {
            await timed(acknowledging, () =>
              engine.client.call(acknowledgeAlert, { id, comment: 'mine' }, { tries: 1 })
            );
          }
          await timed(listing, () => engine.client.call(listAlerts, { limit: 100 }));
          await pause(EVERY_MS);
        }
      };
      const acting = person();
      const sent = await sendAlerts(engine, { connections: 4, batch: 50, seconds: SECONDS, rate: PER_S });
      stopped = true;
      await acting;
      return {
        alerts_per_s: Math.round(sent.alerts / sent.seconds),
        acknowledgements: acknowledging.length,
        acknowledge_p50_ms: rounded(quantile(acknowledging, 0.5)),
        acknowledge_p99_ms: rounded(quantile(acknowledging, 0.99)),
        list_100_of_open_p50_ms: rounded(quantile(listing, 0.5)),
        list_100_of_open_p99_ms: rounded(quantile(listing, 0.99)),
      };
    } finally {
      await engine.dispose();
    }
  },
};
