import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Icon, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { deleteReceiver, testReceiver, type ReceiverView } from '../../api/routing.ts';
import { useChange } from '../../host/useChange.ts';
import { useQueryParams } from '../../host/useLocation.ts';
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
    failed: `${name} was not deleted`,
    done: () => `Receiver ${name} deleted`,
  });
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        <Button size="sm" variant="secondary" disabled={test.isPending} onClick={() => test.mutate({ name })}>
          {test.isPending ? 'Sending…' : 'Send a test'}
        </Button>
        <IconButton
          name="pen"
          tooltip={`Edit ${name}`}
          onClick={() => params.set({ edit: name, new: null }, { push: true })}
        />
        <IconButton name="trash-alt" tooltip={`Delete ${name}`} onClick={() => setAsking(true)} />
      </div>
      <TestResult result={test.data} failure={test.error?.message} />
      <ConfirmDialog
        isOpen={isAsking}
        title={`Delete receiver ${name}?`}
        body="It cannot be brought back, as its secrets go with it. It is refused while a route leads to it."
        action="Delete"
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

function TestResult({ result, failure }: TestResultProps) {
  const styles = useStyles2(getStyles);
  const isOk = result?.ok === true;
  const words =
    result === undefined
      ? failure
      : `${isOk ? 'Delivered' : 'Failed'} in ${formatMilliseconds(result.durationMs)}: ${result.message}`;
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
