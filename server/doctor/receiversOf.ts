import type { StoredReceiver } from '../store/store.ts';
import type { Patient } from './check.ts';

/** The receivers of every namespace that is known by its alerts, and of `default`. */
export async function receiversOf({ store }: Patient): Promise<readonly StoredReceiver[]> {
  const namespaces = new Set(['default', ...((await store?.read.alerts.namespaces()) ?? [])]);
  const lists = await Promise.all([...namespaces].map((namespace) => store?.read.receivers.list(namespace) ?? []));
  return lists.flat();
}
