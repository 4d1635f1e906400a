import type { Logger } from 'pino';
import { senderOf, type Identity } from '../../src/core/identity.ts';
import { durationMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import { createTokenBuckets } from '../tokenBuckets.ts';

/** Bounds how much each sender of alerts may say, so that one that has gone wild does not keep the others out. */
export interface IntakeBound {
  /** Counts a request. @throws EngineError `overloaded`, with when to come again, for one too many: nothing of it is read */
  admit(identity: Identity, now: EpochMs): void;
  /** Counts what an admitted request turned out to hold: a large one is as several, and the next is admitted the later. */
  weigh(identity: Identity, alerts: number, now: EpochMs): void;
}

/** So many alerts of one request count as a request; Prometheus sends 64 or 256. */
const ALERTS_OF_ONE = 100;
/** A request has at most 1,000. */
const LARGEST = 10;

/** The log names a sender that is held back once in this time. */
const SAY_AGAIN = minutes(1);

/** One bucket for each identity, which is a token, a session or a user of Grafana, in each namespace. */
export function createIntakeBound({ config, log }: { readonly config: Config; readonly log: Logger }): IntakeBound {
  const { intakeRate, intakeBurst } = config;
  const buckets = createTokenBuckets({ burst: intakeBurst, refill: durationMs(1000 / intakeRate), largest: LARGEST });
  const sayings = createTokenBuckets({ burst: 1, refill: SAY_AGAIN });

  return {
    admit({ namespace, subject, name }, now) {
      const key = senderOf({ namespace, subject });
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
        `${name} sends more than ${intakeRate} requests a second (PHAROS_INTAKE_RATE): nothing of this was taken, send it again, several alerts in one request; each ${ALERTS_OF_ONE} of them count as one.`,
        { retryAfter: Math.ceil((freeAt - now) / 1000) }
      );
    },
    weigh(identity, alerts, now) {
      const further = Math.min(LARGEST, Math.ceil(alerts / ALERTS_OF_ONE)) - 1;
      if (further > 0) {
        buckets.take(senderOf(identity), now, further);
      }
    },
  };
}
