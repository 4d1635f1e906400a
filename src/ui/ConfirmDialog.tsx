import { ConfirmModal } from '@grafana/ui';

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
      dismissText="Cancel"
      onConfirm={() => {
        onClose();
        onConfirm();
      }}
      onDismiss={onClose}
    />
  );
}
