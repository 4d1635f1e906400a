import { Button } from '@grafana/ui';
import { useState } from 'react';
import { deleteThreshold, revertThreshold, type ThresholdView } from '../../api/thresholds.ts';
import { useChange } from '../../host/useChange.ts';
import { t } from '../../i18n/t.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { nameThreshold } from './describeThreshold.ts';

export interface DeleteThresholdProps {
  readonly threshold: ThresholdView;
  readonly onDeleted: () => void;
}

/** Asks once; the notice afterwards takes it back. */
export function DeleteThreshold({ threshold, onDeleted }: DeleteThresholdProps) {
  const { id, version } = threshold;
  const name = nameThreshold(threshold);
  const [isAsking, setAsking] = useState(false);
  const restore = useChange(revertThreshold, {
    failed: t('thresholds.delete-threshold.is-still-deleted', '{{name}} is still deleted', { name }),
    done: () => t('thresholds.delete-threshold.is-back-as-it-was', '{{name}} is back as it was', { name }),
  });
  const remove = useChange(deleteThreshold, {
    failed: t('thresholds.delete-threshold.was-not-deleted', '{{name}} was not deleted', { name }),
    done() {
      // Here and not in `mutate`: once the list is renewed this button is gone, and its callbacks with it.
      onDeleted();
      return {
        message: t('thresholds.delete-threshold.deleted', '{{name}} deleted', { name }),
        undo: () => restore.mutate({ id, version, reason: 'deletion undone' }),
      };
    },
  });
  return (
    <>
      <Button variant="destructive" fill="outline" disabled={remove.isPending} onClick={() => setAsking(true)}>
        {t('thresholds.delete-threshold.delete', 'Delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('thresholds.delete-threshold.delete-the-threshold-on', 'Delete the threshold on {{name}}?', { name })}
        body={t(
          'thresholds.delete-threshold.its-open-alerts-resolve-its',
          'Its open alerts resolve. Its history is kept, and you can restore it.'
        )}
        action={t('thresholds.delete-threshold.delete', 'Delete')}
        onConfirm={() => remove.mutate({ id })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
