import { Button } from '@grafana/ui';
import { useState } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { useCan } from '../../../host/useIdentity.ts';
import { BottomBar } from '../../../ui/BottomBar.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { useHotkeys } from '../../../ui/useHotkeys.ts';
import { AcknowledgeDialog } from '../acts/AcknowledgeDialog.tsx';
import { SilenceDialog } from '../acts/SilenceDialog.tsx';
import { useAlertActs } from '../../../host/useAlertActs.ts';
import { t } from '../../../i18n/t.ts';

type Dialog = 'acknowledge' | 'silence' | 'resolve';

/** What can be done about an alert; nothing that would be refused. */
export function AlertActions({ alert }: { alert: AlertView }) {
  const mayAct = useCan('editor');
  const [dialog, setDialog] = useState<Dialog>();
  const { resolve } = useAlertActs();
  const open = mayAct && alert.state !== 'resolved';
  const close = () => setDialog(undefined);
  useHotkeys({
    a: () => open && alert.acknowledged === null && setDialog('acknowledge'),
    s: () => open && setDialog('silence'),
  });
  if (!open) {
    return null;
  }
  return (
    <>
      <BottomBar label={t('alerts.alert-actions.actions', 'Actions')}>
        <Buttons alert={alert} ask={setDialog} />
      </BottomBar>
      {dialog === 'acknowledge' && <AcknowledgeDialog alerts={[alert]} onClose={close} />}
      {dialog === 'silence' && <SilenceDialog alerts={[alert]} onClose={close} />}
      <ConfirmDialog
        isOpen={dialog === 'resolve'}
        title={t('alerts.alert-actions.resolve-alert', 'Resolve alert')}
        body={t(
          'alerts.alert-actions.closes-this-episode-by-hand',
          'Closes this episode by hand and notifies the receivers. If the condition still holds, the next evaluation opens a new one.'
        )}
        action={t('alerts.alert-actions.resolve', 'Resolve')}
        onConfirm={() => resolve.mutate({ id: alert.id, comment: '' })}
        onClose={close}
      />
    </>
  );
}

function Buttons({ alert, ask }: { alert: AlertView; ask: (dialog: Dialog) => void }) {
  const { unacknowledge } = useAlertActs();
  return (
    <>
      {alert.acknowledged === null ? (
        <Button icon="check" onClick={() => ask('acknowledge')}>
          {t('alerts.alert-actions.acknowledge', 'Acknowledge')}
        </Button>
      ) : (
        <Button
          icon="corner-up-left"
          variant="secondary"
          disabled={unacknowledge.isPending}
          onClick={() => unacknowledge.mutate([alert])}
        >
          {t('alerts.alert-actions.give-back', 'Unacknowledge')}
        </Button>
      )}
      <Button icon="bell-slash" variant="secondary" onClick={() => ask('silence')}>
        {t('alerts.alert-actions.silence', 'Silence')}
      </Button>
      <Button icon="check-circle" variant="secondary" onClick={() => ask('resolve')}>
        {t('alerts.alert-actions.resolve', 'Resolve')}
      </Button>
    </>
  );
}
