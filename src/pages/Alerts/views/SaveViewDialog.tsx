import { Button, Checkbox, Field, Input, Modal, Text } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import { t } from '../../../i18n/t.ts';
import { nameProblem } from './nameProblem.ts';
import { useFocusAfterMenu } from './useFocusAfterMenu.ts';
import { useViewActs } from './useViewActs.ts';
import type { Views } from './useViews.ts';
import { describeParams } from './viewParams.ts';

/** Keeps what is seen under a name. */
export function SaveViewDialog({ views, onClose }: { views: Views; onClose: () => void }) {
  const { save } = useViewActs(views);
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(false);
  const [tried, setTried] = useState(false);
  const id = useId();
  const first = useFocusAfterMenu<HTMLInputElement>();
  const missing = nameProblem(name, views.items);
  const refused = save.error?.fieldError('name');
  const problem = (tried ? missing : undefined) ?? (save.variables?.name === name.trim() ? refused : undefined);

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setTried(true);
    if (missing === undefined) {
      save.mutate(
        { page: 'alerts', name: name.trim(), params: { ...views.params }, isDefault },
        {
          onSuccess({ view }) {
            views.name(view.id);
            onClose();
          },
        }
      );
    }
  }

  return (
    <Modal title={t('alerts.save-view-dialog.save-view', 'Save view')} isOpen onDismiss={onClose}>
      <form onSubmit={submit} noValidate>
        <p>
          {t(
            'alerts.save-view-dialog.keeps-only-you-see-it',
            'Saves: {{params}}. Only you see it. Views saved in Grafana and in the console are separate.',
            { params: describeParams(views.params) }
          )}
        </p>
        <Field
          label={t('alerts.save-view-dialog.name', 'Name')}
          required
          invalid={problem !== undefined}
          error={problem}
        >
          <Input
            id={`${id}-name`}
            ref={first}
            placeholder={t('alerts.save-view-dialog.shop-unacknowledged', 'Shop, unacknowledged')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Checkbox
          label={t('alerts.save-view-dialog.open-alerts-with-this-view', 'Open Alerts with this view')}
          value={isDefault}
          onChange={(event) => setDefault(event.currentTarget.checked)}
        />
        {save.error && refused === undefined && (
          <Text color="error" element="p">
            {t('alerts.save-view-dialog.the-view-was-not-saved', 'The view was not saved. {{message}}', {
              message: save.error.message,
            })}
          </Text>
        )}
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            {t('alerts.save-view-dialog.cancel', 'Cancel')}
          </Button>
          <Button type="submit" icon="save" disabled={save.isPending}>
            {save.isPending
              ? t('alerts.save-view-dialog.saving', 'Saving')
              : t('alerts.save-view-dialog.save-view', 'Save view')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
