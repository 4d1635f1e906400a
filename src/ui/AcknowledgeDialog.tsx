import { Button, Field, Input, Modal, RadioButtonGroup } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import { epochMs, hours, type EpochMs } from '../core/units.ts';

export interface AcknowledgeDialogProps {
  /** What each of the alerts says; at least one. */
  readonly summaries: readonly string[];
  readonly isPending: boolean;
  /** `until` is when the acknowledgement lapses; null means it stays until the alert resolves. */
  readonly onAcknowledge: (acknowledgement: { readonly comment: string; readonly until: EpochMs | null }) => void;
  readonly onClose: () => void;
}

const UNTIL = [
  { label: 'It resolves', value: 0 },
  { label: '1 h', value: hours(1) },
  { label: '4 h', value: hours(4) },
  { label: '1 d', value: hours(24) },
];

/** Take one or many alerts, with a word to those who see them too. */
export function AcknowledgeDialog({ summaries, isPending, onAcknowledge, onClose }: AcknowledgeDialogProps) {
  const [comment, setComment] = useState('');
  const [lasts, setLasts] = useState(0);
  const id = useId();
  const [first = ''] = summaries;
  const isOne = summaries.length === 1;

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    onAcknowledge({ comment: comment.trim(), until: lasts === 0 ? null : epochMs(Date.now() + lasts) });
  }

  return (
    <Modal title={isOne ? 'Acknowledge alert' : `Acknowledge ${summaries.length} alerts`} isOpen onDismiss={onClose}>
      <form onSubmit={submit}>
        <p>
          {isOne ? first : `${first} and ${summaries.length - 1} more`}. Nobody is notified again until it resolves or
          gets worse.
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
          <Button type="submit" icon="check" disabled={isPending}>
            {isPending ? 'Acknowledging' : 'Acknowledge'}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
