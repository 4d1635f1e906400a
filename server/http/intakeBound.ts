import type { Logger } from 'pino';
import type { Identity } from '../../src/core/identity.ts';
import { durationMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import { createTokenBuckets } from '../tokenBuckets.ts';

/** Bounds how often each sender of alerts is listened to, so that one that has gone wild does not keep the others out. */
export interface IntakeBound {
  /** Counts a request. @throws EngineError `overloaded`, with when to come again, for one too many: nothing of it is read */
  admit(identity: Identity, now: EpochMs): void;
}

/** The log names a sender that is held back once in this time. */
const SAY_AGAIN = minutes(1);

/** One bucket for each identity, which is a token, a session or a user of Grafana, in each namespace. */
export function createIntakeBound({ config, log }: { readonly config: Config; readonly log: Logger }): IntakeBound {
  const { intakeRate, intakeBurst } = config;
  const buckets = createTokenBuckets({ burst: intakeBurst, refill: durationMs(1000 / intakeRate) });
  const sayings = createTokenBuckets({ burst: 1, refill: SAY_AGAIN });

  return {
    admit({ namespace, subject, name }, now) {
      const key = JSON.stringify([namespace, subject]);
      const freeAt = buckets.freeAt(key, now);
      if (freeAt <= now) {
        buckets.take(key, now);
        return;
      }
      if (sayings.freeAt(key, now) <= now) {
        sayings.take(key, now);
        log.warn({ namespace, sender: subject, name }, 'alerts of a sender are held back: it sends too often');
      }
      throw new EngineError(
        'overloaded',
        `${name} sends more than ${intakeRate} requests a second (PHAROS_INTAKE_RATE): nothing of this was taken, send it again, several alerts in one request.`,
        { retryAfter: Math.ceil((freeAt - now) / 1000) }
      );
    },
  };
}
