import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { BottomBar } from '../../ui/BottomBar.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RouteItem } from './RouteItem.tsx';
import { RouteTester } from './RouteTester.tsx';
import { hasNoDefault, unreachableRoutes, type RouteTable } from './routesEditor.ts';
import { TabIntro } from './TabIntro.tsx';
import { useRoutesDraft, type RoutesEditing } from './useRoutesDraft.ts';

export interface RoutesEditorProps {
  /** As the engine has them now; changes while somebody else saves. */
  readonly stored: RouteTable;
  readonly receivers: readonly string[];
}

/** Ordered routes, edited together and saved together. */
export function RoutesEditor({ stored, receivers }: RoutesEditorProps) {
  const editing = useRoutesDraft(stored);
  const { base, draft, dispatch, isDirty, isOutdated, take, save } = editing;
  const [first] = receivers;
  return (
    <>
      <TabIntro
        actions={
          first !== undefined && (
            <Button variant="secondary" icon="plus" onClick={() => dispatch({ kind: 'add', receiver: first })}>
              {t('settings.routes-editor.add-route', 'Add route')}
            </Button>
          )
        }
      >
        {t(
          'settings.routes-editor.how-it-goes',
          'An alert goes to the receiver of the first route that matches it; after a route set to “continue”, the next ones are tried too.'
        )}{' '}
        <LastChange table={base} />
      </TabIntro>
      {isOutdated && <Newer stored={stored} onTheirs={() => take(stored)} onMine={() => editing.keepMine(stored)} />}
      <SaveProblem error={save.error} />
      {draft.routes.length === 0 ? <NoRoutes receiver={first} /> : <Items editing={editing} receivers={receivers} />}
      {isDirty && (
        <BottomBar label={t('settings.routes-editor.unsaved-routes', 'Unsaved routes')}>
          <Button disabled={save.isPending || isOutdated} onClick={() => save.mutate(draft)}>
            {t('settings.routes-editor.save-routes', 'Save routes')}
          </Button>
          <Button variant="secondary" onClick={() => take(stored)}>
            {t('settings.routes-editor.discard-changes', 'Discard changes')}
          </Button>
        </BottomBar>
      )}
      <RouteTester draft={draft} isSaved={!isDirty} />
    </>
  );
}

function LastChange({ table: { updatedAt, updatedBy } }: { table: RouteTable }) {
  return (
    updatedAt !== null && (
      <Trans
        i18nKey="settings.routes-editor.last-changed"
        defaults="Last changed by {{by}} <time/>."
        values={{ by: updatedBy }}
        components={{ time: <RelativeTime at={updatedAt} /> }}
      />
    )
  );
}

function SaveProblem({ error }: { error: ApiError | null }) {
  // A conflict shows as the newer routes, with what to do about them.
  return (
    error !== null &&
    error.code !== 'conflict' && (
      <Alert
        severity="error"
        title={t('settings.routes-editor.the-routes-were-not-saved', 'The routes were not saved')}
      >
        {t(
          'settings.routes-editor.nothing-was-changed-and-yours',
          '{{message}} Nothing was saved, and your changes are still here.',
          { message: error.message }
        )}
      </Alert>
    )
  );
}

function NoRoutes({ receiver }: { receiver: string | undefined }) {
  return (
    <EmptyState icon="code-branch" title={t('settings.routes-editor.no-alert-leads-anywhere', 'No routes yet')}>
      {receiver === undefined
        ? t(
            'settings.routes-editor.add-a-receiver-first-then',
            'Add a receiver first; then a route can send alerts to it.'
          )
        : t(
            'settings.routes-editor.add-a-route-without-matchers',
            'Add a route: without matchers it takes every alert, with matchers only those that match. Example: severity="critical" goes to {{receiver}}.',
            { receiver }
          )}
    </EmptyState>
  );
}

function Items({ editing, receivers }: { editing: RoutesEditing; receivers: readonly string[] }) {
  const styles = useStyles2(getStyles);
  const { draft, dispatch, save } = editing;
  const { routes } = draft;
  const [said, setSaid] = useState('');
  const unreachable = unreachableRoutes(routes);
  return (
    <>
      <ol className={styles.list} aria-label={t('settings.routes-editor.routes', 'Routes')}>
        {routes.map((route, index) => (
          <RouteItem
            key={route.key}
            route={route}
            place={{ index, count: routes.length }}
            receivers={receivers}
            isUnreachable={unreachable.has(index)}
            error={save.error?.fieldError(`items[${index}].receiver`)}
            dispatch={dispatch}
            onMoved={(to) =>
              setSaid(
                t('settings.routes-editor.route-is-now-route', 'Route {{from}} is now route {{to}}', {
                  from: index + 1,
                  to: to + 1,
                })
              )
            }
          />
        ))}
      </ol>
      <div className={styles.spoken} role="status">
        {said}
      </div>
      {hasNoDefault(routes) && (
        <Alert
          severity="info"
          title={t('settings.routes-editor.alerts-that-match-no-route', 'Alerts that match no route notify nobody')}
        >
          {t('settings.routes-editor.add-a-last-route-without', 'Add a last route without matchers to catch the rest.')}
        </Alert>
      )}
    </>
  );
}

interface NewerProps {
  readonly stored: RouteTable;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

function Newer({ stored, onTheirs, onMine }: NewerProps) {
  return (
    <Alert
      severity="warning"
      title={t(
        'settings.routes-editor.changed-the-routes-since-you',
        '{{updatedBy}} changed the routes after you began',
        { updatedBy: stored.updatedBy }
      )}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>
          {t('settings.routes-editor.theirs', '', {
            count: stored.items.length,
            defaultValue_one: 'Your changes were neither saved nor lost. Theirs has {{count}} route.',
            defaultValue_other: 'Your changes were neither saved nor lost. Theirs has {{count}} routes.',
          })}
        </span>
        <Stack gap={1} wrap="wrap">
          <Button variant="secondary" icon="sync" onClick={onTheirs}>
            {t('settings.routes-editor.load-theirs-drop-mine', 'Load theirs and discard mine')}
          </Button>
          <Button variant="secondary" onClick={onMine}>
            {t('settings.routes-editor.keep-mine-to-save-over', 'Keep mine and overwrite theirs')}
          </Button>
        </Stack>
      </Stack>
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
