import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../api/operation.ts';
import { dismissUndelivered, listUndelivered, resendUndelivered, type UndeliveredView } from '../../api/undelivered.ts';
import { useChange } from '../../host/useChange.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { undeliveredColumns } from './undeliveredColumns.tsx';

/** As many as one call takes: what a storm left is dealt with in a few steps. */
const AT_ONCE = 1000;
const SHOWN = 20;
const ROW_HEIGHT = 40;

const idsOf = (items: readonly UndeliveredView[]): string[] => items.map(({ id }) => id);

/** What was given up, until somebody has seen to it. Without any there is nothing to show. */
export function Undelivered() {
  const answer = useOperation(listUndelivered, { limit: AT_ONCE });
  const { data } = answer;
  return (
    <>
      {answer.error && (
        <LoadState
          what={t('settings.undelivered.what', 'The undelivered notifications')}
          query={answer}
          height={ROW_HEIGHT}
        />
      )}
      {data !== undefined && data.items.length > 0 && <List answer={data} />}
    </>
  );
}

function List({ answer: { items, total } }: { answer: OutputOf<typeof listUndelivered> }) {
  const styles = useStyles2(getStyles);
  const [dismissing, setDismissing] = useState<readonly UndeliveredView[]>();
  const { resend, isPending } = useResend();
  const columns = useMemo(
    () => undeliveredColumns({ resend, isPending, dismiss: (row) => setDismissing([row]) }),
    [resend, isPending]
  );
  const shown = items.slice(0, SHOWN);
  return (
    <Section
      title={t('settings.undelivered.title', 'Undelivered')}
      cardsOnPhone
      actions={
        items.length > 1 && (
          <ForAll items={items} isPending={isPending} resend={resend} dismiss={() => setDismissing(items)} />
        )
      }
    >
      <div>
        {t('settings.undelivered.sentence', '', {
          count: total,
          defaultValue_one:
            '{{count}} notification was given up. Fix its receiver and send it again, or dismiss it: it stays in the history of its alert.',
          defaultValue_other:
            '{{count}} notifications were given up. Fix their receivers and send them again, or dismiss them: they stay in the history of their alerts.',
        })}
      </div>
      <DataTable
        label={t('settings.undelivered.label', 'Undelivered notifications')}
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
      />
      {total > shown.length && (
        <div className={styles.note}>
          {t('settings.undelivered.newest', 'The newest {{shown}} of {{total}}.', { shown: shown.length, total })}
        </div>
      )}
      <Dismiss items={dismissing} onClose={() => setDismissing(undefined)} />
    </Section>
  );
}

function useResend(): { resend: (items: readonly UndeliveredView[]) => void; isPending: boolean } {
  const { mutate, isPending } = useChange(resendUndelivered, {
    failed: t('settings.undelivered.not-sent', 'Nothing was sent again'),
    done: ({ count }) =>
      t('settings.undelivered.sent', '', {
        count,
        defaultValue_one: '{{count}} notification is being sent again: its alert shows the outcome',
        defaultValue_other: '{{count}} notifications are being sent again: their alerts show the outcome',
      }),
  });
  return { isPending, resend: useMemo(() => (items) => mutate({ ids: idsOf(items) }), [mutate]) };
}

interface ForAllProps {
  readonly items: readonly UndeliveredView[];
  readonly isPending: boolean;
  readonly resend: (items: readonly UndeliveredView[]) => void;
  readonly dismiss: () => void;
}

function ForAll({ items, isPending, resend, dismiss }: ForAllProps) {
  const styles = useStyles2(getStyles);
  const sendable = items.filter(({ receiverKind }) => receiverKind !== 'deleted');
  return (
    <div className={styles.buttons}>
      {sendable.length > 0 && (
        <Button size="sm" variant="secondary" disabled={isPending} onClick={() => resend(sendable)}>
          {t('settings.undelivered.send-all', 'Send all {{all}} again', { all: sendable.length })}
        </Button>
      )}
      <Button size="sm" variant="destructive" fill="outline" onClick={dismiss}>
        {t('settings.undelivered.dismiss-all', 'Dismiss all {{all}}', { all: items.length })}
      </Button>
    </div>
  );
}

function Dismiss({ items, onClose }: { items: readonly UndeliveredView[] | undefined; onClose: () => void }) {
  const dismiss = useChange(dismissUndelivered, {
    failed: t('settings.undelivered.not-dismissed', 'Nothing was dismissed'),
    done: ({ count }) =>
      t('settings.undelivered.dismissed', '', {
        count,
        defaultValue_one: '{{count}} notification dismissed',
        defaultValue_other: '{{count}} notifications dismissed',
      }),
  });
  return (
    <ConfirmDialog
      isOpen={items !== undefined}
      title={t('settings.undelivered.dismiss-title', '', {
        count: items?.length ?? 0,
        defaultValue_one: 'Dismiss {{count}} notification?',
        defaultValue_other: 'Dismiss {{count}} notifications?',
      })}
      body={t(
        'settings.undelivered.dismiss-body',
        'The receiver is not notified, and it cannot be sent again. It stays in the history of the alert.'
      )}
      action={t('settings.undelivered.dismiss', 'Dismiss')}
      onConfirm={() => items && dismiss.mutate({ ids: idsOf(items) })}
      onClose={onClose}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  buttons: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
