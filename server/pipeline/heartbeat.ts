import type { Logger } from 'pino';
import { request } from 'undici';
import { minutes, seconds } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';

export type HeartbeatOutcome = 'sent' | 'failed' | 'withheld';

export interface HeartbeatDeps {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** Somebody outside who raises the alarm when they hear nothing. Never logged: it often holds a token. */
  readonly url: string;
  /** Why the engine is not well; empty when it is. */
  readonly notReady: () => Promise<readonly string[]>;
  readonly onBeat: (outcome: HeartbeatOutcome) => void;
  /** Of several engines the leader speaks for all; absent means this is the only one. */
  readonly isLeader?: () => boolean;
}

export interface Heartbeat {
  start(): void;
  stop(): Promise<void>;
}

const EVERY = minutes(1);
const ANSWER_WITHIN = seconds(10);
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * A dead man's switch: each minute a GET to an address outside, as long as the store takes writes and notifications are looked for.
 * An engine that is not well is silent there, as one that is dead.
 */
export function createHeartbeat({
  clock,
  log,
  url,
  notReady,
  onBeat,
  isLeader = () => true,
}: HeartbeatDeps): Heartbeat {
  const stopped = new AbortController();
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();
  let before: HeartbeatOutcome = 'sent';

  const beat = async (): Promise<void> => {
    const { outcome, reason } = await attempt();
    if (stopped.signal.aborted) {
      return;
    }
    onBeat(outcome);
    if (outcome !== 'sent') {
      log.warn(
        { reason },
        `the heartbeat was ${outcome === 'failed' ? 'not taken' : 'withheld: the engine is not well'}`
      );
    } else if (before !== 'sent') {
      log.info('the heartbeat is sent again');
    }
    before = outcome;
  };

  const attempt = async (): Promise<{ outcome: HeartbeatOutcome; reason: string }> => {
    const reasons = await notReady();
    if (reasons.length > 0) {
      return { outcome: 'withheld', reason: reasons.join('; ') };
    }
    try {
      await send(url, clock, stopped.signal);
      return { outcome: 'sent', reason: '' };
    } catch (error) {
      return { outcome: 'failed', reason: messageOf(error).replaceAll(url, '[address]') };
    }
  };

  const loop = (): void => {
    running = (isLeader() ? beat() : Promise.resolve()).finally(() => {
      if (!stopped.signal.aborted) {
        cancel = clock.after(EVERY, loop);
      }
    });
  };

  return {
    start: () => {
      // The job loop gets the time to look for the first time.
      cancel = clock.after(seconds(5), loop);
    },
    async stop() {
      stopped.abort();
      cancel();
      await running;
    },
  };
}

async function send(url: string, clock: Clock, stopped: AbortSignal): Promise<void> {
  const late = new AbortController();
  const cancel = clock.after(ANSWER_WITHIN, () => late.abort(new Error('no answer within 10 s')));
  try {
    const signal = AbortSignal.any([stopped, late.signal]);
    const answer = await request(url, { headers: { 'user-agent': 'Pharos' }, signal });
    await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => undefined);
    if (answer.statusCode >= 300) {
      throw new Error(`answered ${answer.statusCode}`);
    }
  } finally {
    cancel();
  }
}
