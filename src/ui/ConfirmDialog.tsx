import { ConfirmModal } from '@grafana/ui';
import { t } from '../i18n/t.ts';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and what will stay. */
  readonly body: string;
  /** A verb, such as "Delete". */
  readonly action: string;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once. Where it can be taken back, the notice afterwards offers that. */
export function ConfirmDialog({ title, body, action, isOpen, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <ConfirmModal
      isOpen={isOpen}
      title={title}
      body={body}
      confirmText={action}
      dismissText={t('ui.confirm-dialog.cancel', 'Cancel')}
      onConfirm={() => {
        onClose();
        onConfirm();
      }}
      onDismiss={onClose}
    />
  );
}
