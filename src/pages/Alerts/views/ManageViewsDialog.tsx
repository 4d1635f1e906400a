import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FieldValidationMessage, IconButton, Input, Modal, Text, useStyles2 } from '@grafana/ui';
import { useState, type SyntheticEvent } from 'react';
import type { SavedViewView } from '../../../api/views.ts';
import { t } from '../../../i18n/t.ts';
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
    <Modal title={t('alerts.manage-views-dialog.manage-views', 'Manage views')} isOpen onDismiss={onClose}>
      {views.items.length === 0 ? (
        <p>
          {t(
            'alerts.manage-views-dialog.no-view-is-left-filter',
            'There are no saved views. Filter the list as you need it, then save it as a new view.'
          )}
        </p>
      ) : (
        <ul className={styles.list} aria-label={t('alerts.manage-views-dialog.saved-views', 'Saved views')}>
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
          {t('alerts.manage-views-dialog.done', 'Done')}
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
          {isDefault
            ? t('alerts.manage-views-dialog.default', 'Default; {{params}}', { params: describeParams(params) })
            : describeParams(params)}
        </Text>
      </div>
      <IconButton
        name={isDefault ? 'favorite' : 'star'}
        {...(isDefault ? { iconType: 'mono' as const } : {})}
        aria-pressed={isDefault}
        tooltip={
          isDefault
            ? t('alerts.manage-views-dialog.alerts-opens-with-take-that', 'Stop opening Alerts with “{{name}}”', {
                name,
              })
            : t('alerts.manage-views-dialog.open-alerts-with', 'Open Alerts with “{{name}}”', { name })
        }
        onClick={() => acts.setDefault(view, !isDefault)}
      />
      <IconButton
        name="pen"
        tooltip={t('alerts.manage-views-dialog.rename', 'Rename “{{name}}”', { name })}
        onClick={() => start('rename')}
      />
      <IconButton
        name="trash-alt"
        tooltip={t('alerts.manage-views-dialog.delete', 'Delete “{{name}}”', { name })}
        onClick={() => start('delete')}
      />
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
          aria-label={t('alerts.manage-views-dialog.new-name-of', 'New name for “{{name}}”', { name: view.name })}
          maxLength={80}
          value={name}
          invalid={problem !== undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" disabled={save.isPending}>
          {t('alerts.manage-views-dialog.rename-2', 'Rename')}
        </Button>
        <Button type="button" size="sm" variant="secondary" fill="text" onClick={onDone}>
          {t('alerts.manage-views-dialog.cancel', 'Cancel')}
        </Button>
      </div>
      {problem !== undefined && <FieldValidationMessage>{problem}</FieldValidationMessage>}
    </form>
  );
}

function Delete({ view, acts, onDone }: LineProps & { onDone: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <div
      className={styles.row}
      role="group"
      aria-label={t('alerts.manage-views-dialog.delete', 'Delete “{{name}}”', { name: view.name })}
    >
      <div className={styles.words}>
        {t('alerts.manage-views-dialog.delete-2', 'Delete “{{name}}”?', { name: view.name })}
      </div>
      <Button
        autoFocus
        size="sm"
        variant="destructive"
        onClick={() => {
          onDone();
          acts.remove(view);
        }}
      >
        {t('alerts.manage-views-dialog.delete-3', 'Delete')}
      </Button>
      <Button size="sm" variant="secondary" fill="text" onClick={onDone}>
        {t('alerts.manage-views-dialog.cancel', 'Cancel')}
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
