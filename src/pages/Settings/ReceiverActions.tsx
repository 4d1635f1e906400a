import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Icon, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { deleteReceiver, testReceiver, type ReceiverView } from '../../api/routing.ts';
import { useChange } from '../../host/useChange.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatMilliseconds } from './formatMilliseconds.ts';

/** Test, edit and delete; what the other side answered stands beside them. */
export function ReceiverActions({ receiver }: { receiver: ReceiverView }) {
  const { name } = receiver;
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const [isAsking, setAsking] = useState(false);
  const test = useChange(testReceiver, { quiet: true });
  const remove = useChange(deleteReceiver, {
    failed: t('settings.receiver-actions.was-not-deleted', '{{name}} was not deleted', { name }),
    done: () => t('settings.receiver-actions.receiver-deleted', 'Receiver {{name}} deleted', { name }),
  });
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        <Button size="sm" variant="secondary" disabled={test.isPending} onClick={() => test.mutate({ name })}>
          {test.isPending
            ? t('settings.receiver-actions.sending', 'Sending…')
            : t('settings.receiver-actions.send-a-test', 'Send a test')}
        </Button>
        <IconButton
          name="pen"
          tooltip={t('settings.receiver-actions.edit', 'Edit {{name}}', { name })}
          onClick={() => params.set({ edit: name, new: null }, { push: true })}
        />
        <IconButton
          name="trash-alt"
          tooltip={t('settings.receiver-actions.delete', 'Delete {{name}}', { name })}
          onClick={() => setAsking(true)}
        />
      </div>
      <TestResult result={test.data} failure={test.error?.message} />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('settings.receiver-actions.delete-receiver', 'Delete receiver {{name}}?', { name })}
        body={t(
          'settings.receiver-actions.it-cannot-be-brought-back',
          'This cannot be undone, because its secrets are deleted with it. It is refused while a route sends to it.'
        )}
        action={t('settings.receiver-actions.delete-word', 'Delete')}
        onConfirm={() => remove.mutate({ name })}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

interface TestResultProps {
  readonly result: { readonly ok: boolean; readonly message: string; readonly durationMs: number } | undefined;
  /** Why the engine did not even try. */
  readonly failure: string | undefined;
}

function resultWords({ ok, durationMs, message }: NonNullable<TestResultProps['result']>): string {
  const values = { duration: formatMilliseconds(durationMs), message };
  return ok
    ? t('settings.receiver-actions.delivered', 'Delivered in {{duration}}: {{message}}', values)
    : t('settings.receiver-actions.failed', 'Failed in {{duration}}: {{message}}', values);
}

function TestResult({ result, failure }: TestResultProps) {
  const styles = useStyles2(getStyles);
  const isOk = result?.ok === true;
  const words = result === undefined ? failure : resultWords(result);
  return (
    <div role="status" className={isOk ? styles.ok : styles.failed}>
      {words !== undefined && (
        <>
          <Icon name={isOk ? 'check-circle' : 'times-circle'} size="sm" aria-hidden /> {words}
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const result = { fontSize: theme.typography.bodySmall.fontSize, overflowWrap: 'anywhere', maxWidth: 360 } as const;
  return {
    actions: css({
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-end',
      gap: theme.spacing(0.5),
      [PHONE]: { width: '100%', alignItems: 'flex-start' },
    }),
    buttons: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1.5) }),
    ok: css({ ...result, color: theme.colors.success.text }),
    failed: css({ ...result, color: theme.colors.error.text }),
  };
};
