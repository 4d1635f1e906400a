import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FieldValidationMessage, IconButton, Input, Modal, Text, useStyles2 } from '@grafana/ui';
import { useState, type SyntheticEvent } from 'react';
import type { SavedViewView } from '../../../api/views.ts';
import { nameProblem } from './nameProblem.ts';
import { useFocusAfterMenu } from './useFocusAfterMenu.ts';
import { inputOf, type ViewActs } from './useViewActs.ts';
import type { Views } from './useViews.ts';
import { describeParams } from './viewParams.ts';

export interface ManageViewsDialogProps {
  readonly views: Views;
  readonly acts: ViewActs;
  readonly onClose: () => void;
}

type Doing = { readonly id: string; readonly what: 'rename' | 'delete' };

/** Renames and deletes views, and says which one the page opens with. */
export function ManageViewsDialog({ views, acts, onClose }: ManageViewsDialogProps) {
  const styles = useStyles2(getStyles);
  const [doing, setDoing] = useState<Doing>();
  const done = useFocusAfterMenu<HTMLButtonElement>();
  const stop = () => setDoing(undefined);
  return (
    <Modal title="Manage views" isOpen onDismiss={onClose}>
      {views.items.length === 0 ? (
        <p>No view is left. Filter the list as you need it, and save that as a new view.</p>
      ) : (
        <ul className={styles.list} aria-label="Saved views">
          {views.items.map((view) => {
            const what = doing?.id === view.id ? doing.what : undefined;
            return (
              <li key={view.id} className={styles.item}>
                {what === 'rename' && <Rename {...{ view, views, acts }} onDone={stop} />}
                {what === 'delete' && <Delete {...{ view, acts }} onDone={stop} />}
                {what === undefined && (
                  <ViewLine {...{ view, acts }} start={(next) => setDoing({ id: view.id, what: next })} />
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Modal.ButtonRow>
        <Button ref={done} variant="secondary" onClick={onClose}>
          Done
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

interface LineProps {
  readonly view: SavedViewView;
  readonly acts: ViewActs;
}

function ViewLine({ view, acts, start }: LineProps & { start: (what: Doing['what']) => void }) {
  const styles = useStyles2(getStyles);
  const { name, isDefault, params } = view;
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <Text weight="medium">{name}</Text>
        <Text variant="bodySmall" color="secondary">
          {isDefault ? 'Default; ' : ''}
          {describeParams(params)}
        </Text>
      </div>
      <IconButton
        name={isDefault ? 'favorite' : 'star'}
        {...(isDefault ? { iconType: 'mono' as const } : {})}
        aria-pressed={isDefault}
        tooltip={isDefault ? `Alerts opens with “${name}”; take that back` : `Open Alerts with “${name}”`}
        onClick={() => acts.setDefault(view, !isDefault)}
      />
      <IconButton name="pen" tooltip={`Rename “${name}”`} onClick={() => start('rename')} />
      <IconButton name="trash-alt" tooltip={`Delete “${name}”`} onClick={() => start('delete')} />
    </div>
  );
}

function Rename({ view, views, acts: { save }, onDone }: LineProps & { views: Views; onDone: () => void }) {
  const styles = useStyles2(getStyles);
  const [name, setName] = useState(view.name);
  const [tried, setTried] = useState(false);
  const missing = nameProblem(name, views.items, view);
  const refused = save.variables?.name === name.trim() ? save.error?.message : undefined;
  const problem = (tried ? missing : undefined) ?? refused;

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setTried(true);
    if (missing === undefined) {
      save.mutate({ ...inputOf(view), name: name.trim() }, { onSuccess: onDone });
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <div className={styles.row}>
        <Input
          autoFocus
          aria-label={`New name of “${view.name}”`}
          maxLength={80}
          value={name}
          invalid={problem !== undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" disabled={save.isPending}>
          Rename
        </Button>
        <Button type="button" size="sm" variant="secondary" fill="text" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {problem !== undefined && <FieldValidationMessage>{problem}</FieldValidationMessage>}
    </form>
  );
}

function Delete({ view, acts, onDone }: LineProps & { onDone: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.row} role="group" aria-label={`Delete “${view.name}”`}>
      <div className={styles.words}>Delete “{view.name}”?</div>
      <Button
        autoFocus
        size="sm"
        variant="destructive"
        onClick={() => {
          onDone();
          acts.remove(view);
        }}
      >
        Delete
      </Button>
      <Button size="sm" variant="secondary" fill="text" onClick={onDone}>
        Cancel
      </Button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    display: 'grid',
    gap: 0,
    maxHeight: '50vh',
    overflowY: 'auto',
    padding: theme.spacing(0, 0.5),
  }),
  item: css({ padding: theme.spacing(1, 0), borderBottom: `1px solid ${theme.colors.border.weak}` }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minHeight: theme.spacing(4) }),
  words: css({ flex: 1, minWidth: 0, display: 'grid', overflowWrap: 'anywhere' }),
});
