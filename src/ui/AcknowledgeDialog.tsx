import { Button, Field, Input, Modal, RadioButtonGroup } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import { epochMs, hours, type EpochMs } from '../core/units.ts';
import { t } from '../i18n/t.ts';

export interface AcknowledgeDialogProps {
  /** What each of the alerts says; at least one. */
  readonly summaries: readonly string[];
  readonly isPending: boolean;
  /** `until` is when the acknowledgement lapses; null means it stays until the alert resolves. */
  readonly onAcknowledge: (acknowledgement: { readonly comment: string; readonly until: EpochMs | null }) => void;
  readonly onClose: () => void;
}

const UNTIL = [
  {
    get label() {
      return t('ui.acknowledge-dialog.it-resolves', 'It resolves');
    },
    value: 0,
  },
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
    <Modal
      title={
        isOne
          ? t('ui.acknowledge-dialog.acknowledge-alert', 'Acknowledge alert')
          : t('ui.acknowledge-dialog.acknowledge-alerts', 'Acknowledge {{number}} alerts', { number: summaries.length })
      }
      isOpen
      onDismiss={onClose}
    >
      <form onSubmit={submit}>
        <p>
          {isOne
            ? t(
                'ui.acknowledge-dialog.one-quiet',
                '{{first}}. Nobody is notified again until it resolves or gets worse.',
                { first }
              )
            : t(
                'ui.acknowledge-dialog.many-quiet',
                '{{first}} and {{number}} more. Nobody is notified again until it resolves or gets worse.',
                { first, number: summaries.length - 1 }
              )}
        </p>
        <Field
          label={t('ui.acknowledge-dialog.comment', 'Comment')}
          description={t('ui.acknowledge-dialog.seen-by-everybody-kept-in', 'Seen by everybody, kept in the history.')}
        >
          <Input
            id={`${id}-comment`}
            autoFocus
            placeholder={t('ui.acknowledge-dialog.deploy-of-1-4-1', 'deploy of 1.4.1, rolling back')}
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('ui.acknowledge-dialog.until', 'Until')}>
          <RadioButtonGroup id={`${id}-until`} options={UNTIL} value={lasts} onChange={setLasts} />
        </Field>
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            {t('ui.acknowledge-dialog.cancel', 'Cancel')}
          </Button>
          <Button type="submit" icon="check" disabled={isPending}>
            {isPending
              ? t('ui.acknowledge-dialog.acknowledging', 'Acknowledging')
              : t('ui.acknowledge-dialog.acknowledge', 'Acknowledge')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
