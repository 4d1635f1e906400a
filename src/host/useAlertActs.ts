import { acknowledgeAlert, commentAlert, resolveAlert, unacknowledgeAlert, type AlertView } from '../api/alerts.ts';
import type { Client } from '../api/client.ts';
import type { EpochMs } from '../core/units.ts';
import { t } from '../i18n/t.ts';
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

const giveBack = (client: Client, alerts: readonly Named[]): Promise<Outcome> =>
  each(alerts, ({ id }) => client.call(unacknowledgeAlert, { id, comment: '' }));

/** What a person can do to alerts. Each says how it went, and offers to take it back where that is possible. */
export function useAlertActs() {
  const unacknowledge = useAction((client, alerts: readonly Named[]) => giveBack(client, alerts), ['alerts'], {
    done: ({ done }) =>
      t('host.use-alert-acts.no-longer-acknowledged', '', {
        count: done.length,
        defaultValue_one: '{{count}} alert no longer acknowledged',
        defaultValue_other: '{{count}} alerts no longer acknowledged',
      }),
    failed: t('host.use-alert-acts.the-acknowledgement-stands', 'The acknowledgement was not removed'),
  });
  const acknowledge = useAction(
    (client, { alerts, comment, until }: Acknowledgement) =>
      each(alerts, ({ id }) => client.call(acknowledgeAlert, { id, comment, until })),
    ['alerts'],
    {
      done: ({ done, failed }) => ({
        message:
          failed.length === 0
            ? t('host.use-alert-acts.acknowledged', '', {
                count: done.length,
                defaultValue_one: '{{count}} alert acknowledged',
                defaultValue_other: '{{count}} alerts acknowledged',
              })
            : t('host.use-alert-acts.acknowledged-not', '', {
                count: done.length,
                number: failed.length,
                message: failed[0]?.error.message ?? '',
                defaultValue_one: '{{count}} alert acknowledged, {{number}} not: {{message}}',
                defaultValue_other: '{{count}} alerts acknowledged, {{number}} not: {{message}}',
              }),
        variant: failed.length === 0 ? 'success' : 'warning',
        undo: () => unacknowledge.mutate(done),
      }),
      failed: t('host.use-alert-acts.nothing-was-acknowledged', 'Nothing was acknowledged'),
    }
  );
  const resolve = useChange(resolveAlert, {
    done: () =>
      t(
        'host.use-alert-acts.alert-resolved-if-the-condition',
        'Alert resolved. If the condition still holds, the next evaluation opens a new one.'
      ),
    failed: t('host.use-alert-acts.the-alert-was-not-resolved', 'The alert was not resolved'),
  });
  const comment = useChange(commentAlert, {
    failed: t('host.use-alert-acts.the-comment-was-not-saved', 'The comment was not saved'),
  });
  return { acknowledge, unacknowledge, resolve, comment };
}
