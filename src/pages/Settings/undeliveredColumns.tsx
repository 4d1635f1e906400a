import { Button } from '@grafana/ui';
import type { UndeliveredView } from '../../api/undelivered.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { transitionTitle } from '../../ui/transitionTitle.ts';

export interface UndeliveredActions {
  readonly resend: (rows: readonly UndeliveredView[]) => void;
  readonly isPending: boolean;
  readonly dismiss: (row: UndeliveredView) => void;
}

const wrapped = { overflowWrap: 'anywhere' } as const;

/** Of what, to whom, why and since when, and what can be done about it. */
export const undeliveredColumns = (actions: UndeliveredActions): Array<DataColumn<UndeliveredView>> => [
  {
    id: 'alert',
    header: t('settings.undelivered-columns.alert', 'Alert'),
    onCard: 'title',
    cell: ({ alertId, summary, kind }) => (
      <span style={wrapped}>
        {transitionTitle(kind)}: <AppLink to={`/alerts/${encodeURIComponent(alertId)}`}>{summary || alertId}</AppLink>
      </span>
    ),
  },
  {
    id: 'receiver',
    header: t('settings.undelivered-columns.receiver', 'Receiver'),
    cell: ({ receiver, receiverKind }) => (
      <span style={wrapped}>
        {receiverKind === 'deleted'
          ? t('settings.undelivered-columns.deleted', '{{receiver}} (deleted)', { receiver })
          : receiver}
      </span>
    ),
  },
  {
    id: 'reason',
    header: t('settings.undelivered-columns.reason', 'Reason'),
    cell: ({ reason }) => <span style={wrapped}>{reason}</span>,
  },
  {
    id: 'at',
    header: t('settings.undelivered-columns.given-up', 'Given up'),
    cell: ({ at }) => <RelativeTime at={at} />,
  },
  { id: 'actions', header: '', align: 'right', cell: (row) => <Actions row={row} actions={actions} /> },
];

function Actions({ row, actions }: { row: UndeliveredView; actions: UndeliveredActions }) {
  const { receiver, summary } = row;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 8, justifyContent: 'flex-end' }}>
      {row.receiverKind !== 'deleted' && (
        <Button
          size="sm"
          variant="secondary"
          disabled={actions.isPending}
          aria-label={t('settings.undelivered-columns.send-one', 'Send again: {{summary}} ({{receiver}})', {
            summary,
            receiver,
          })}
          onClick={() => actions.resend([row])}
        >
          {t('settings.undelivered-columns.send-again', 'Send again')}
        </Button>
      )}
      <Button
        size="sm"
        variant="destructive"
        fill="outline"
        aria-label={t('settings.undelivered-columns.dismiss-one', 'Dismiss {{summary}} ({{receiver}})', {
          summary,
          receiver,
        })}
        onClick={() => actions.dismiss(row)}
      >
        {t('settings.undelivered-columns.dismiss', 'Dismiss')}
      </Button>
    </span>
  );
}
