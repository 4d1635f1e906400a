import { Button, Checkbox, Field, Input, Modal, Text } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
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
    <Modal title="Save view" isOpen onDismiss={onClose}>
      <form onSubmit={submit} noValidate>
        <p>Keeps: {describeParams(views.params)}. Only you see it, here and in Grafana or the console.</p>
        <Field label="Name" required invalid={problem !== undefined} error={problem}>
          <Input
            id={`${id}-name`}
            ref={first}
            placeholder="Shop, unacknowledged"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Checkbox
          label="Open Alerts with this view"
          value={isDefault}
          onChange={(event) => setDefault(event.currentTarget.checked)}
        />
        {save.error && refused === undefined && (
          <Text color="error" element="p">
            The view was not saved. {save.error.message}
          </Text>
        )}
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" icon="save" disabled={save.isPending}>
            {save.isPending ? 'Saving' : 'Save view'}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
