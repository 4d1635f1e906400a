import { css } from '@emotion/css';
import { Button, Dropdown, Menu, useStyles2 } from '@grafana/ui';
import { useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../../ui/breakpoints.ts';
import { ManageViewsDialog } from './ManageViewsDialog.tsx';
import { SaveViewDialog } from './SaveViewDialog.tsx';
import { useViewActs } from './useViewActs.ts';
import type { Views } from './useViews.ts';
import { describeParams } from './viewParams.ts';

/** Chooses a saved view, saves what is seen as one, and leads to the rest. */
export function ViewsMenu({ views }: { views: Views }) {
  const { items, current, isChanged, params, show, showAll } = views;
  const [dialog, setDialog] = useState<'save' | 'manage'>();
  const styles = useStyles2(getStyles);
  const acts = useViewActs(views);
  const place = useRef<HTMLSpanElement>(null);
  const close = () => {
    setDialog(undefined);
    place.current?.querySelector('button')?.focus();
  };
  const isEmpty = Object.keys(params).length === 0;
  const menu = () => (
    <Menu>
      <Menu.Item
        label={t('alerts.views-menu.every-open-alert', 'Every open alert')}
        role="menuitemradio"
        ariaChecked={current === undefined && isEmpty}
        icon={current === undefined && isEmpty ? 'check' : 'bell'}
        onClick={showAll}
      />
      {items.map((view) => (
        <Menu.Item
          key={view.id}
          label={view.isDefault ? t('alerts.views-menu.default', '{{name}} (default)', { name: view.name }) : view.name}
          description={describeParams(view.params)}
          role="menuitemradio"
          ariaChecked={view.id === current?.id}
          icon={view.id === current?.id ? 'check' : view.isDefault ? 'favorite' : 'bookmark'}
          onClick={() => show(view)}
        />
      ))}
      <Menu.Divider />
      {current !== undefined && isChanged && (
        <Menu.Item
          label={t('alerts.views-menu.save-changes-to', 'Save changes to “{{name}}”', { name: current.name })}
          icon="save"
          onClick={() => acts.update(current)}
        />
      )}
      <Menu.Item
        label={t('alerts.views-menu.save-as-new-view', 'Save as new view')}
        icon="plus"
        onClick={() => setDialog('save')}
      />
      {items.length > 0 && (
        <Menu.Item
          label={t('alerts.views-menu.manage-views', 'Manage views')}
          icon="cog"
          onClick={() => setDialog('manage')}
        />
      )}
    </Menu>
  );
  return (
    <span ref={place} className={styles.place}>
      <Dropdown overlay={menu} placement="bottom-start">
        <Button
          variant="secondary"
          icon="bookmark"
          aria-label={t('alerts.views-menu.saved-views', 'Saved views: {{label}}', { label: labelOf(views) })}
        >
          {labelOf(views)}
        </Button>
      </Dropdown>
      {dialog === 'save' && <SaveViewDialog views={views} onClose={close} />}
      {dialog === 'manage' && <ManageViewsDialog views={views} acts={acts} onClose={close} />}
    </span>
  );
}

function labelOf({ current, isChanged }: Views): string {
  if (current === undefined) {
    return t('alerts.views-menu.views', 'Views');
  }
  return isChanged ? t('alerts.views-menu.changed', '{{name}}, changed', { name: current.name }) : current.name;
}

const getStyles = () => ({ place: css({ [PHONE]: { '& > button': { width: '100%' } } }) });
