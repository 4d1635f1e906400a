import type { Logger } from 'pino';
import type { Secrets } from '../secrets.ts';
import type { Store, StoredReceiver } from '../store/store.ts';
import { readSecrets } from './readSecrets.ts';
import { splitSecrets } from './receivers.ts';

interface Tools {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Encrypts settings that stand in the clear, although they are secret: an older version took them for none, as it did the addresses of
 * webhooks. No migration, for those know no key: a restored backup has had them all before an engine opens it.
 */
export async function sealReceivers({ store, secrets, log }: Tools): Promise<void> {
  // Most starts have nothing to do, and then take no lock.
  if (!(await store.read.receivers.listAll()).some(isOpen)) {
    return;
  }
  const sealed = await store.write(async (tx) => {
    const open = (await tx.receivers.listAll()).filter(isOpen);
    const found = open.flatMap((receiver) => seal(receiver, secrets) ?? []);
    for (const receiver of found) {
      await tx.receivers.save(receiver);
    }
    return { names: found.map(({ name }) => name), left: open.length - found.length };
  });
  if (sealed.names.length > 0) {
    log.info({ receivers: sealed.names }, 'settings of receivers that are secret have been encrypted');
  }
  if (sealed.left > 0) {
    log.warn(
      { receivers: sealed.left },
      'settings of receivers that are secret stand in the clear beside others, which another key wrote'
    );
  }
}

const isOpen = ({ kind, settings }: StoredReceiver): boolean =>
  Object.keys(splitSecrets(kind, settings).secrets).length > 0;

/** Undefined where the secrets beside were written with another key: to add to them would be to lose them. */
function seal(receiver: StoredReceiver, secrets: Secrets): StoredReceiver | undefined {
  const present = readSecrets(secrets, receiver);
  const { settings, secrets: open } = splitSecrets(receiver.kind, receiver.settings);
  return present && { ...receiver, settings, secrets: secrets.encrypt({ ...open, ...present }) };
}
