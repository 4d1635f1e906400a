import type { AlertView } from '../../../api/alerts.ts';
import { useAlertActs } from '../../../host/useAlertActs.ts';
import { AcknowledgeDialog as Dialog } from '../../../ui/AcknowledgeDialog.tsx';

export interface AcknowledgeDialogProps {
  readonly alerts: readonly AlertView[];
  readonly onClose: () => void;
  /** After it worked. */
  readonly onDone?: () => void;
}

/** Take one or many alerts, with a word to those who see them too. */
export function AcknowledgeDialog({ alerts, onClose, onDone }: AcknowledgeDialogProps) {
  const { acknowledge } = useAlertActs();
  return (
    <Dialog
      summaries={alerts.map(({ summary }) => summary)}
      isPending={acknowledge.isPending}
      onClose={onClose}
      onAcknowledge={(acknowledgement) =>
        acknowledge.mutate(
          { alerts, ...acknowledgement },
          {
            onSuccess() {
              onClose();
              onDone?.();
            },
          }
        )
      }
    />
  );
}
