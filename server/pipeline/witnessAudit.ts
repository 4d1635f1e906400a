import type { Logger } from 'pino';
import { hours } from '../../src/core/units.ts';
import { compareWitness, readWitness, witness, writeWitness, type WitnessEntry } from '../auditWitness.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/store.ts';

export interface AuditWitnessDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'error'>;
  readonly secrets: Pick<Secrets, 'sign'>;
  readonly dataDir: string;
}

export interface AuditWitness {
  start(): void;
  /** Notes the end once more: nothing may append to the audit afterwards. */
  stop(): Promise<void>;
}

const EVERY = hours(1);

/** Notes outside of the database where the audit ends: at the start, each hour, and at the stop. */
export function createAuditWitness({ store, clock, log, secrets, dataDir }: AuditWitnessDeps): AuditWitness {
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();
  const { audit } = store.read;

  /** What does not fit stays noted as it was: a newer note would hide it. */
  async function renew(namespace: string, present: WitnessEntry | undefined): Promise<WitnessEntry> {
    const flaw = present === undefined ? null : await compareWitness(audit, secrets, present);
    if (present !== undefined && flaw !== null) {
      log.error({ namespace, reason: flaw }, 'the audit is not the one that the engine has written');
      return present;
    }
    const now = await witness(audit, secrets, { namespace, at: clock.now() });
    return present?.seq === now.seq ? present : now;
  }

  async function note(): Promise<void> {
    const before = readWitness(dataDir);
    const known = new Map(before.map((entry) => [entry.namespace, entry]));
    const namespaces = new Set([...known.keys(), ...(await audit.namespaces())]);
    const after: WitnessEntry[] = [];
    for (const namespace of [...namespaces].toSorted()) {
      after.push(await renew(namespace, known.get(namespace)));
    }
    const news = after.filter((entry) => entry !== known.get(entry.namespace));
    if (news.length > 0) {
      writeWitness(dataDir, after);
      log.info({ ends: news }, 'where the audit ends');
    }
  }

  const tryNote = (): Promise<void> =>
    note().catch((error: unknown) =>
      log.error({ reason: messageOf(error) }, 'where the audit ends could not be noted outside of the database')
    );

  const run = (): void => {
    running = tryNote();
    cancel = clock.after(EVERY, run);
  };

  return {
    start: run,
    async stop() {
      cancel();
      await running;
      await tryNote();
    },
  };
}
