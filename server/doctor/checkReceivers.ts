import { epochMs, hours } from '../../src/core/units.ts';
import type { StoredReceiver } from '../store/store.ts';
import { fine, problem, warning, type Check, type Finding, type Patient } from './check.ts';
import { NOTIFY } from '../notifyPayload.ts';

/** Whether anybody would be told: routes, receivers' last results, and what waits or was given up. */
export const checkReceivers: Check = async (patient) => {
  if (patient.store === undefined) {
    return [fine('There are none yet.')];
  }
  const receivers = await patient.store.read.receivers.listAll();
  if (receivers.length === 0) {
    return [warning('There is no receiver: nobody is told of any alert.', 'Add one on the page Settings.')];
  }
  const found = [
    ...receivers.flatMap(lastResult),
    ...(await routeFindings(patient)),
    ...(await queueFindings(patient)),
  ];
  return found.length > 0 ? found : [fine(`${receivers.length} there, and the last delivery of each went well.`)];
};

function lastResult({ name, lastDeliveryError, lastDeliveryAt, testedAt }: StoredReceiver): readonly Finding[] {
  if (lastDeliveryError !== null) {
    return [
      problem(`The last delivery to ${name} failed: ${lastDeliveryError}`, 'Correct its settings, and send a test.'),
    ];
  }
  return lastDeliveryAt === null && testedAt === null
    ? [warning(`Nothing was ever sent to ${name}.`, 'Send a test from the page Settings.')]
    : [];
}

async function routeFindings({ store }: Patient): Promise<readonly Finding[]> {
  const table = await store?.read.routes.get('default');
  return table !== undefined && table.routes.length === 0
    ? [warning('There are no routes: alerts reach no receiver.', 'Add a route on the page Settings.')]
    : [];
}

async function queueFindings({ store, clock }: Patient): Promise<readonly Finding[]> {
  const now = clock.now();
  const jobs = await store?.read.jobs.stats('default', NOTIFY, epochMs(now - hours(1)));
  const oldest = jobs?.oldestQueuedAt ?? null;
  return [
    ...((jobs?.dead ?? 0) > 0
      ? [
          warning(
            `${jobs?.dead ?? 0} notifications were given up.`,
            'Send them again, or dismiss them, on the page Settings under Receivers.'
          ),
        ]
      : []),
    ...(oldest !== null && now - oldest > hours(1)
      ? [
          problem(
            `A notification has waited since ${new Date(oldest).toISOString()}.`,
            'See whether the engine runs, and what its log says of deliveries.'
          ),
        ]
      : []),
  ];
}
