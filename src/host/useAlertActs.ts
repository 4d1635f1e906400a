import { acknowledgeAlert, commentAlert, resolveAlert, unacknowledgeAlert, type AlertView } from '../api/alerts.ts';
import type { Client } from '../api/client.ts';
import type { EpochMs } from '../core/units.ts';
import { useAction, useChange } from './useChange.ts';

type Named = Pick<AlertView, 'id'>;

export interface Acknowledgement {
  readonly alerts: readonly Named[];
  readonly comment: string;
  /** Lapses then; null means it stays until the alert resolves. */
  readonly until: EpochMs | null;
}

interface Outcome {
  readonly done: readonly Named[];
  readonly failed: ReadonlyArray<{ readonly alert: Named; readonly error: Error }>;
}

/** One call for each alert; those that fail do not stop the others. @throws the first error when all failed */
async function each(alerts: readonly Named[], call: (alert: Named) => Promise<unknown>): Promise<Outcome> {
  const results = await Promise.allSettled(alerts.map(call));
  const failed = results.flatMap((result, index) => {
    const alert = alerts[index];
    return result.status === 'rejected' && alert ? [{ alert, error: asError(result.reason) }] : [];
  });
  const [first] = failed;
  if (first !== undefined && failed.length === alerts.length) {
    throw first.error;
  }
  return { done: alerts.filter((alert) => !failed.some((one) => one.alert === alert)), failed };
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

const alertsText = (count: number): string => `${count} ${count === 1 ? 'alert' : 'alerts'}`;

const giveBack = (client: Client, alerts: readonly Named[]): Promise<Outcome> =>
  each(alerts, ({ id }) => client.call(unacknowledgeAlert, { id, comment: '' }));

/** What a person can do to alerts. Each says how it went, and offers to take it back where that is possible. */
export function useAlertActs() {
  const unacknowledge = useAction((client, alerts: readonly Named[]) => giveBack(client, alerts), ['alerts'], {
    done: ({ done }) => `${alertsText(done.length)} no longer acknowledged`,
    failed: 'The acknowledgement stands',
  });
  const acknowledge = useAction(
    (client, { alerts, comment, until }: Acknowledgement) =>
      each(alerts, ({ id }) => client.call(acknowledgeAlert, { id, comment, until })),
    ['alerts'],
    {
      done: ({ done, failed }) => ({
        message:
          failed.length === 0
            ? `${alertsText(done.length)} acknowledged`
            : `${alertsText(done.length)} acknowledged, ${failed.length} not: ${failed[0]?.error.message ?? ''}`,
        variant: failed.length === 0 ? 'success' : 'warning',
        undo: () => unacknowledge.mutate(done),
      }),
      failed: 'Nothing was acknowledged',
    }
  );
  const resolve = useChange(resolveAlert, {
    done: () => 'Alert resolved. If the condition still holds, the next evaluation opens a new one.',
    failed: 'The alert was not resolved',
  });
  const comment = useChange(commentAlert, { failed: 'The comment was not saved' });
  return { acknowledge, unacknowledge, resolve, comment };
}
