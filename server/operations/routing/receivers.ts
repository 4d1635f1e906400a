import * as contract from '../../../src/api/routing.ts';
import type { ReceiverView } from '../../../src/api/routing.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { Notification } from '../../receivers/receiver.ts';
import { checkSettings, splitSecrets } from '../../receivers/receivers.ts';
import { shortfallOf } from '../../receivers/shortfallOf.ts';
import type { StoredReceiver } from '../../store/store.ts';
import { action, change, query, type Call, type ChangeCall } from '../operation.ts';
import { mergeSecrets, type Written } from './mergeSecrets.ts';
import { readQueues, receiverFacts, receiverView } from './receiverView.ts';

export const listReceivers = query(contract.listReceivers, async (deps, { identity: { namespace, role } }) => {
  const [receivers, queued] = await Promise.all([
    deps.store.read.receivers.list(namespace),
    readQueues(deps.store.read, namespace),
  ]);
  return { items: receivers.map((receiver) => receiverView(deps, receiver, { queued: queued(receiver.name), role })) };
});

/** Checks what was sent together with the secrets that stay, and stores it. @throws EngineError `invalid_input` by field */
async function write(
  deps: Deps,
  call: ChangeCall,
  { written, before }: { written: Written; before: StoredReceiver | undefined }
) {
  const { tx, identity, now } = call;
  const { name, kind } = written;
  const { settings: all, strayed } = mergeSecrets(deps, written, before);
  const flaws = checkSettings(kind, all, { allow: deps.config.egressAllow });
  const errors = flaws.length > 0 ? flaws : strayed;
  const first = errors[0];
  if (first !== undefined) {
    throw new EngineError('invalid_input', `${first.path}: ${first.message}`, { errors });
  }
  const { settings, secrets } = splitSecrets(kind, all);
  const receiver: StoredReceiver = {
    ...{ name, kind, settings, namespace: identity.namespace, updatedAt: now, updatedBy: identity.name },
    secrets: Object.keys(secrets).length === 0 ? '' : deps.secrets.encrypt(secrets),
    // What was tested were other settings.
    testedAt: null,
    lastDeliveryAt: before?.lastDeliveryAt ?? null,
    lastDeliveryError: before?.lastDeliveryError ?? null,
  };
  await tx.receivers.save(receiver);
  await tx.changes.append(identity.namespace, [{ topic: 'receivers', id: name }]);
  return receiver;
}

/** As it is answered to who wrote it, with what has waited for it meanwhile. */
async function answered(deps: Deps, { tx, identity }: ChangeCall, receiver: StoredReceiver): Promise<ReceiverView> {
  const queued = await readQueues(tx, identity.namespace);
  return receiverView(deps, receiver, { queued: queued(receiver.name), role: identity.role });
}

export const createReceiver = change(contract.createReceiver, async (deps, call, input) => {
  if ((await call.tx.receivers.get(call.identity.namespace, input.name)) !== undefined) {
    throw new EngineError('conflict', `There is a receiver named ${input.name} already.`, {
      errors: [{ path: 'name', message: 'is taken' }],
    });
  }
  const receiver = await write(deps, call, { written: input, before: undefined });
  return {
    output: { receiver: await answered(deps, call, receiver) },
    audit: { object: `receiver ${receiver.name}`, before: null, after: receiverFacts(deps, receiver) },
  };
});

export const updateReceiver = change(contract.updateReceiver, async (deps, call, input) => {
  const before = await call.tx.receivers.get(call.identity.namespace, input.name);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no receiver ${input.name}.`);
  }
  const receiver = await write(deps, call, { written: input, before });
  return {
    output: { receiver: await answered(deps, call, receiver) },
    audit: {
      object: `receiver ${receiver.name}`,
      before: receiverFacts(deps, before),
      after: receiverFacts(deps, receiver),
    },
  };
});

export const deleteReceiver = change(contract.deleteReceiver, async (deps, { tx, identity }, { name }) => {
  const before = await tx.receivers.get(identity.namespace, name);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no receiver ${name}.`);
  }
  const { routes } = await tx.routes.get(identity.namespace);
  const index = routes.findIndex((route) => route.receiver === name);
  if (index >= 0) {
    throw new EngineError('conflict', `Route ${index + 1} sends to ${name}: change the routes first.`);
  }
  await tx.receivers.delete(identity.namespace, name);
  await tx.changes.append(identity.namespace, [{ topic: 'receivers', id: name }]);
  return { output: {}, audit: { object: `receiver ${name}`, before: receiverFacts(deps, before), after: null } };
});

const TEST_ID_BYTES = 12;

export const testReceiver = action(contract.testReceiver, async (deps, call, { name }) => {
  const receiver = await deps.store.read.receivers.get(call.identity.namespace, name);
  if (receiver === undefined) {
    throw new EngineError('not_found', `There is no receiver ${name}.`);
  }
  const run = async () => {
    const output = await sendTest(deps, call, receiver);
    return { output, outcome: { test: output.ok ? 'delivered' : 'failed' } };
  };
  return { object: `receiver ${name}`, run };
});

async function sendTest(deps: Deps, { identity: { namespace }, signal }: Call, receiver: StoredReceiver) {
  const { name } = receiver;
  const started = performance.now();
  const notification: Notification = {
    id: `test-${deps.randomId(TEST_ID_BYTES)}`,
    receiver: name,
    namespace,
    alerts: [],
    test: true,
  };
  const result = await deps.sender.send(receiver, notification, signal);
  const durationMs = Math.round(performance.now() - started);
  const shortfall = shortfallOf(result);
  const ok = shortfall === null;
  await deps.store.write(async (tx) => {
    const current = await tx.receivers.get(namespace, name);
    // Settings that were changed meanwhile are not the ones that were tested.
    if (current !== undefined && current.updatedAt === receiver.updatedAt) {
      const tested = ok ? { testedAt: deps.clock.now() } : {};
      await tx.receivers.save({
        ...current,
        ...tested,
        lastDeliveryAt: deps.clock.now(),
        lastDeliveryError: shortfall,
      });
      await tx.changes.append(namespace, [{ topic: 'receivers', id: name }]);
    }
  });
  return { ok, message: result.message, durationMs };
}
