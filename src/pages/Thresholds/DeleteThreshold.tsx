import { Button } from '@grafana/ui';
import { useState } from 'react';
import { deleteThreshold, revertThreshold, type ThresholdView } from '../../api/thresholds.ts';
import { useChange } from '../../host/useChange.ts';
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
    failed: `${name} is still deleted`,
    done: () => `${name} is back as it was`,
  });
  const remove = useChange(deleteThreshold, {
    failed: `${name} was not deleted`,
    done() {
      // Here and not in `mutate`: once the list is renewed this button is gone, and its callbacks with it.
      onDeleted();
      return { message: `${name} deleted`, undo: () => restore.mutate({ id, version, reason: 'deletion undone' }) };
    },
  });
  return (
    <>
      <Button variant="destructive" fill="outline" disabled={remove.isPending} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Delete the threshold on ${name}?`}
        body="Its open alerts resolve. Its history stays, and you can bring it back."
        action="Delete"
        onConfirm={() => remove.mutate({ id })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
