import { acknowledgeAlert, listAlerts } from '../../../src/api/alerts.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { ALERT_STATES } from '../../../src/core/alerts/alert.ts';
import { episodeId } from '../../../src/core/alerts/episode.ts';
import { fingerprint } from '../../../src/core/labels.ts';
import { epochMs } from '../../../src/core/units.ts';
import { nextLook } from './eventually.ts';
import type { RealEngine } from './startEngine.ts';

export interface CrashLoad {
  /** Ids of alerts whose event was answered with 2xx. */
  readonly accepted: ReadonlySet<string>;
  /** Alerts that somebody tried to acknowledge: with an answer or without, the engine may have taken it. */
  readonly touched: ReadonlySet<string>;
  /** Alert id to when its acknowledgement was answered with 2xx, ms since the epoch. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Calls that got no answer, because the engine was dead or died over them. */
  unanswered(): number;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const SENDERS = 2;
const SEND_EVERY_MS = 40;
const ACKNOWLEDGE_EVERY_MS = 90;

/** Sends events and acknowledges some of them for as long as it is let, whether the engine lives or not. */
export function startCrashLoad(engine: RealEngine, random: () => number): CrashLoad {
  const accepted = new Set<string>();
  const acknowledged = new Map<string, number>();
  const touched = new Set<string>();
  const untouched: string[] = [];
  let unanswered = 0;
  let count = 0;
  let stopped = false;

  /** One call, once: what the client would repeat by itself must not blur what was answered. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch {
      unanswered += 1;
    }
  };

  const send = async (): Promise<void> => {
    count += 1;
    const labels = { alertname: 'crash', service: 'checkout', n: String(count) };
    const startsAt = epochMs(Date.now());
    const id = episodeId('events', fingerprint(labels), startsAt);
    const event = { labels, severity: 'error', summary: `event ${count}`, startsAt: new Date(startsAt).toISOString() };
    const { rejected } = await engine.client.call(intakeEvents, { events: [event] }, { tries: 1 });
    if (rejected.length > 0) {
      throw new Error(`The engine refused an event: ${rejected[0]?.reason ?? ''}`);
    }
    accepted.add(id);
    untouched.push(id);
  };

  const acknowledge = async (): Promise<void> => {
    const [id] = untouched.splice(Math.floor(random() * untouched.length), 1);
    if (id !== undefined) {
      touched.add(id);
      await engine.client.call(acknowledgeAlert, { id, comment: 'seen' }, { tries: 1 });
      acknowledged.set(id, Date.now());
    }
  };

  const repeat = async (every: number, work: () => Promise<void>): Promise<void> => {
    while (!stopped) {
      await attempt(work);
      await nextLook(every);
    }
  };

  const loops = [
    ...Array.from({ length: SENDERS }, () => repeat(SEND_EVERY_MS, send)),
    repeat(ACKNOWLEDGE_EVERY_MS, acknowledge),
  ];
  return {
    ...{ accepted, touched, acknowledged, unanswered: () => unanswered },
    async stop() {
      stopped = true;
      await Promise.all(loops);
    },
  };
}

/** Ids of all alerts that the engine has, whatever their state. */
export async function allAlertIds({ client }: RealEngine): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.call(listAlerts, { state: [...ALERT_STATES], limit: 1000, cursor });
    page.items.forEach(({ id }) => ids.add(id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
