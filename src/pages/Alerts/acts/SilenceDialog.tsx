import { Button, Field, Input, Modal, Text } from '@grafana/ui';
import { useId } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import type { SilenceView } from '../../../api/routing.ts';
import { t } from '../../../i18n/t.ts';
import { ExpiryField } from './ExpiryField.tsx';
import { MatcherFields } from './MatcherFields.tsx';
import { SilencePreview } from './SilencePreview.tsx';
import { useSilenceForm } from './useSilenceForm.ts';

export interface SilenceDialogProps {
  /** The form begins with what these have in common. */
  readonly alerts: readonly AlertView[];
  /** The silence to change, or to make anew where it has ended. */
  readonly silence?: SilenceView | undefined;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Silence what matches until a time; shows what that is while it is typed. */
export function SilenceDialog({ alerts, silence, onClose, onDone }: SilenceDialogProps) {
  const form = useSilenceForm({
    alerts,
    silence,
    onDone() {
      onClose();
      onDone?.();
    },
  });
  const { matchers, setMatchers, comment, setComment, problems, save, edited } = form;
  const id = useId();
  return (
    <Modal
      title={
        edited
          ? t('alerts.silence-dialog.edit-silence', 'Edit silence')
          : t('alerts.silence-dialog.silence-alerts', 'Silence alerts')
      }
      isOpen
      onDismiss={onClose}
    >
      <form onSubmit={form.submit} noValidate>
        <Field
          noMargin
          label={t('alerts.silence-dialog.alerts-whose-labels-match-all', 'Alerts whose labels match all of')}
          invalid={problems.has('matchers')}
          error={problems.get('matchers')}
        >
          <MatcherFields matchers={matchers} onChange={setMatchers} problems={problems} />
        </Field>
        <SilencePreview matchers={matchers} />
        {form.isReplaced && (
          <Text color="secondary" element="p">
            {t(
              'alerts.silence-dialog.with-other-matchers-this-silence',
              'Changing the matchers ends this silence and starts a new one, so that the history shows what each of them silenced.'
            )}
          </Text>
        )}
        <ExpiryField
          value={form.expiry}
          onChange={form.setExpiry}
          endsAt={form.endsAt}
          error={problems.get('endsAt')}
        />
        <Field
          label={t('alerts.silence-dialog.comment', 'Comment')}
          required
          invalid={problems.has('comment')}
          error={problems.get('comment')}
        >
          <Input
            id={`${id}-comment`}
            autoFocus
            placeholder={t(
              'alerts.silence-dialog.database-maintenance-ticket-4711',
              'database maintenance, ticket 4711'
            )}
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        </Field>
        {save.error && save.error.errors.length === 0 && (
          <Text color="error" element="p">
            {refusedWord(edited !== undefined, save.error.message)}
          </Text>
        )}
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            {t('alerts.silence-dialog.cancel', 'Cancel')}
          </Button>
          <Button type="submit" icon={edited ? 'save' : 'bell-slash'} disabled={save.isPending}>
            {submitWord(edited !== undefined, save.isPending)}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}

const refusedWord = (isEdit: boolean, message: string): string =>
  isEdit
    ? t('alerts.silence-dialog.not-changed', 'The silence was not changed. {{message}}', { message })
    : t('alerts.silence-dialog.not-created', 'The silence was not created. {{message}}', { message });

function submitWord(isEdit: boolean, isPending: boolean): string {
  if (isEdit) {
    return isPending
      ? t('alerts.silence-dialog.saving', 'Saving')
      : t('alerts.silence-dialog.save-changes', 'Save changes');
  }
  return isPending ? t('alerts.silence-dialog.silencing', 'Silencing') : t('alerts.silence-dialog.silence', 'Silence');
}
