import { Button, Field, Input, Modal, RadioButtonGroup } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { epochMs, hours } from '../../../core/units.ts';
import { useAlertActs } from './useAlertActs.ts';

export interface AcknowledgeDialogProps {
  readonly alerts: readonly AlertView[];
  readonly onClose: () => void;
  /** After it worked. */
  readonly onDone?: () => void;
}

const UNTIL = [
  { label: 'It resolves', value: 0 },
  { label: '1 h', value: hours(1) },
  { label: '4 h', value: hours(4) },
  { label: '1 d', value: hours(24) },
];

/** Take one or many alerts, with a word to those who see them too. */
export function AcknowledgeDialog({ alerts, onClose, onDone }: AcknowledgeDialogProps) {
  const { acknowledge } = useAlertActs();
  const [comment, setComment] = useState('');
  const [lasts, setLasts] = useState(0);
  const id = useId();
  const [only] = alerts;
  const title = alerts.length === 1 && only ? 'Acknowledge alert' : `Acknowledge ${alerts.length} alerts`;

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    const until = lasts === 0 ? null : epochMs(Date.now() + lasts);
    acknowledge.mutate(
      { alerts, comment: comment.trim(), until },
      {
        onSuccess() {
          onClose();
          onDone?.();
        },
      }
    );
  }

  return (
    <Modal title={title} isOpen onDismiss={onClose}>
      <form onSubmit={submit}>
        <p>
          {alerts.length === 1 ? only?.summary : `${only?.summary ?? ''} and ${alerts.length - 1} more`}. Nobody is
          notified again until it resolves or gets worse.
        </p>
        <Field label="Comment" description="Seen by everybody, kept in the history.">
          <Input
            id={`${id}-comment`}
            autoFocus
            placeholder="deploy of 1.4.1, rolling back"
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        </Field>
        <Field label="Until">
          <RadioButtonGroup id={`${id}-until`} options={UNTIL} value={lasts} onChange={setLasts} />
        </Field>
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" icon="check" disabled={acknowledge.isPending}>
            {acknowledge.isPending ? 'Acknowledging' : 'Acknowledge'}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
