import * as contract from '../../../src/api/routing.ts';
import type { ReceiverView } from '../../../src/api/routing.ts';
import type { Json } from '../../../src/core/json.ts';
import { epochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { Notification, ReceiverSettings } from '../../receivers/receiver.ts';
import { checkSettings, RECEIVERS, secretNames, splitSecrets } from '../../receivers/receivers.ts';
import { shortfallOf } from '../../receivers/shortfallOf.ts';
import type { StoredReceiver } from '../../store/store.ts';
import { action, change, query, type Call, type ChangeCall } from '../operation.ts';

type SettingsView = ReceiverView['settings'];
type SentSettings = Readonly<Record<string, string | number | boolean | readonly string[] | { readonly set: boolean }>>;

/** Secrets are answered as `{"set": true}`: enough for a form to show that there is one. */
function settingsView(deps: Deps, receiver: StoredReceiver): SettingsView {
  const present = Object.keys(decryptSecrets(deps, receiver) ?? {});
  const secrets = secretNames(receiver.kind).map((name) => [name, { set: present.includes(name) }] as const);
  return { ...(receiver.settings as SettingsView), ...Object.fromEntries(secrets) };
}

/** Undefined when the engine's key is another one than the secrets were written with. */
function decryptSecrets(deps: Deps, { secrets }: StoredReceiver): ReceiverSettings | undefined {
  if (secrets === '') {
    return {};
  }
  try {
    return deps.secrets.decrypt(secrets) as ReceiverSettings;
  } catch {
    return undefined;
  }
}

function view(deps: Deps, receiver: StoredReceiver, queued: number): ReceiverView {
  const { name, kind, updatedAt, updatedBy, testedAt, lastDeliveryAt, lastDeliveryError } = receiver;
  const lastDelivery =
    lastDeliveryAt === null ? null : { at: lastDeliveryAt, ok: lastDeliveryError === null, error: lastDeliveryError };
  return {
    ...{ name, kind, updatedAt, updatedBy, testedAt, lastDelivery, queued },
    settings: settingsView(deps, receiver),
  };
}

/** For the audit trail: what is no secret, and which secrets there are. */
const facts = (deps: Deps, receiver: StoredReceiver): Json => ({
  kind: receiver.kind,
  settings: settingsView(deps, receiver),
});

export const listReceivers = query(contract.listReceivers, async (deps, { identity }) => {
  const [receivers, stats] = await Promise.all([
    deps.store.read.receivers.list(identity.namespace),
    deps.store.read.jobs.stats(identity.namespace, 'notify', epochMs(0)),
  ]);
  return { items: receivers.map((receiver) => view(deps, receiver, stats.queuedByQueue[receiver.name] ?? 0)) };
});

interface Written {
  readonly name: string;
  readonly kind: StoredReceiver['kind'];
  readonly settings: SentSettings;
}

/** Checks what was sent together with the secrets that stay, and stores it. @throws EngineError `invalid_input` by field */
async function write(
  deps: Deps,
  call: ChangeCall,
  { written, before }: { written: Written; before: StoredReceiver | undefined }
) {
  const { tx, identity, now } = call;
  const { name, kind } = written;
  const all = mergeSecrets(deps, written, before);
  const errors = checkSettings(kind, all, { allow: deps.config.egressAllow });
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

/** A secret that is left out, or comes back as the `{"set": …}` that was answered, stays as it was; an empty text removes it. */
function mergeSecrets(deps: Deps, { kind, settings }: Written, before: StoredReceiver | undefined): ReceiverSettings {
  const kept = before === undefined || before.kind !== kind ? {} : decryptSecrets(deps, before);
  if (kept === undefined) {
    throw new EngineError(
      'conflict',
      'The secrets of this receiver were written with another key: enter all of them again under a new name.'
    );
  }
  const sent = Object.entries(settings).filter(([, value]) => !isPlaceholder(value));
  const merged = Object.entries({ ...kept, ...Object.fromEntries(sent) });
  return Object.fromEntries(
    merged.filter(([name, value]) => !(value === '' && RECEIVERS[kind].fields.some((field) => field.name === name)))
  ) as ReceiverSettings;
}

const isPlaceholder = (value: SentSettings[string]): boolean => typeof value === 'object' && 'set' in value;

export const createReceiver = change(contract.createReceiver, async (deps, call, written) => {
  if ((await call.tx.receivers.get(call.identity.namespace, written.name)) !== undefined) {
    throw new EngineError('conflict', `There is a receiver named ${written.name} already.`, {
      errors: [{ path: 'name', message: 'is taken' }],
    });
  }
  const receiver = await write(deps, call, { written, before: undefined });
  return {
    output: { receiver: view(deps, receiver, 0) },
    audit: { object: `receiver ${receiver.name}`, before: null, after: facts(deps, receiver) },
  };
});

export const updateReceiver = change(contract.updateReceiver, async (deps, call, written) => {
  const before = await call.tx.receivers.get(call.identity.namespace, written.name);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no receiver ${written.name}.`);
  }
  const receiver = await write(deps, call, { written, before });
  return {
    output: { receiver: view(deps, receiver, 0) },
    audit: { object: `receiver ${receiver.name}`, before: facts(deps, before), after: facts(deps, receiver) },
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
  return { output: {}, audit: { object: `receiver ${name}`, before: facts(deps, before), after: null } };
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
