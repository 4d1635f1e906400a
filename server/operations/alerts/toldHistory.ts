import type { TransitionKind } from '../../../src/core/alerts/transition.ts';
import type { Identity } from '../../../src/core/identity.ts';
import type { Deps } from '../../deps.ts';
import { tellFailure } from '../../receivers/tellFailure.ts';
import type { Page, PageRequest } from '../../store/page.ts';
import type { HistoryFilter, StoredTransition } from '../../store/store.ts';

type Reader = Pick<Identity, 'namespace' | 'role'>;

/** Lines whose reason is what became of a delivery, and so may say where it went. */
const OF_DELIVERIES: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  'notified',
  'notification_retried',
  'notification_failed',
  'notification_dismissed',
]);

/** The history as the caller may read it: where receivers lead is for admins. Newest first. */
export function toldHistory({ store }: Pick<Deps, 'store'>, { namespace, role }: Reader) {
  const tell = (row: StoredTransition): StoredTransition =>
    role === 'admin' || !OF_DELIVERIES.has(row.kind) ? row : { ...row, reason: tellFailure(row.reason) };
  return async (filter: HistoryFilter, request: PageRequest): Promise<Page<StoredTransition>> => {
    const page = await store.read.history.list(namespace, filter, request);
    return { ...page, items: page.items.map(tell) };
  };
}
