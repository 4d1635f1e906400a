import type { ReceiverView } from '../../../src/api/routing.ts';
import type { Identity } from '../../../src/core/identity.ts';
import type { Json } from '../../../src/core/json.ts';
import { ownValue } from '../../../src/core/ownValue.ts';
import { epochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { originOf } from '../../receivers/originOf.ts';
import { readSecrets } from '../../receivers/readSecrets.ts';
import type { ReceiverSettings } from '../../receivers/receiver.ts';
import { RECEIVERS, secretNames } from '../../receivers/receivers.ts';
import { tellFailure } from '../../receivers/tellFailure.ts';
import type { Repositories, StoredReceiver } from '../../store/store.ts';
import { NOTIFY } from '../../notifyPayload.ts';

/** A receiver as the caller may see it: where it leads, and what went wrong there, only an admin sees. */
export function receiverView(
  deps: Deps,
  receiver: StoredReceiver,
  { queued, role }: { readonly queued: number } & Pick<Identity, 'role'>
): ReceiverView {
  const { name, kind, updatedAt, updatedBy, testedAt, lastDeliveryAt, lastDeliveryError: failure } = receiver;
  const isAdmin = role === 'admin';
  const error = isAdmin || failure === null ? failure : tellFailure(failure);
  return {
    ...{ name, kind, updatedAt, updatedBy, testedAt, queued },
    lastDelivery: lastDeliveryAt === null ? null : { at: lastDeliveryAt, ok: failure === null, error },
    settings: isAdmin ? (settingsView(deps, receiver) as ReceiverView['settings']) : {},
  };
}

/** Secrets are answered as `{"set": true}`, and those that are addresses with their origin: enough for a form to show that there is one. */
function settingsView({ secrets }: Pick<Deps, 'secrets'>, receiver: StoredReceiver): ReceiverSettings {
  const clear = readSecrets(secrets, receiver) ?? {};
  const { urlSettings } = RECEIVERS[receiver.kind];
  const views = secretNames(receiver.kind).map((name) => {
    const set = name in clear;
    const origin = urlSettings.includes(name) ? originOf(clear[name]) : undefined;
    return [name, origin === undefined ? { set } : { set, origin }] as const;
  });
  return { ...receiver.settings, ...Object.fromEntries(views) };
}

/** For the audit trail: what is no secret, and which secrets there are. */
export const receiverFacts = (deps: Deps, receiver: StoredReceiver): Json => ({
  kind: receiver.kind,
  settings: settingsView(deps, receiver),
});

/** How many notifications wait for each receiver, by its name. */
export async function readQueues(read: Repositories, namespace: string): Promise<(name: string) => number> {
  const { queuedByQueue } = await read.jobs.stats(namespace, NOTIFY, epochMs(0));
  return (name) => ownValue(queuedByQueue, name) ?? 0;
}
