import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, Checkbox, Text, useStyles2 } from '@grafana/ui';
import type { Dispatch, KeyboardEvent } from 'react';
import { t } from '../../i18n/t.ts';
import { MatcherChips } from './MatcherChips.tsx';
import { matchersWords, type EditedRoute, type RoutesAction } from './routesEditor.ts';
import { useKeptFocus } from './useKeptFocus.ts';

export interface RouteItemProps {
  readonly route: EditedRoute;
  readonly place: { readonly index: number; readonly count: number };
  readonly receivers: readonly string[];
  /** An earlier route takes every alert. */
  readonly isUnreachable: boolean;
  readonly error: string | undefined;
  readonly dispatch: Dispatch<RoutesAction>;
  readonly onMoved: (toIndex: number) => void;
}

/** One route as a sentence with inputs. Alt with an arrow key moves it, as its buttons do. */
export function RouteItem(props: RouteItemProps) {
  const { route, place, dispatch, onMoved } = props;
  const styles = useStyles2(getStyles);
  const { key } = route;
  const number = place.index + 1;
  const [item, keepFocus] = useKeptFocus<HTMLLIElement>(place.index);
  const move = (by: -1 | 1) => {
    const to = place.index + by;
    if (to >= 0 && to < place.count) {
      keepFocus();
      dispatch({ kind: 'move', key, by });
      onMoved(to);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(event.key === 'ArrowUp' ? -1 : 1);
    }
  };
  return (
    <li
      ref={item}
      className={styles.item}
      onKeyDown={onKeyDown}
      aria-label={t('settings.route-item.route', 'Route {{number}}: {{matchers}}', {
        number,
        matchers: matchersWords(route.matchers),
      })}
    >
      <div className={styles.order}>
        <IconButton
          name="arrow-up"
          aria-label={t('settings.route-item.move-route-up', 'Move route {{number}} up', { number })}
          disabled={place.index === 0}
          onClick={() => move(-1)}
        />
        <span className={styles.number}>{number}</span>
        <IconButton
          name="arrow-down"
          aria-label={t('settings.route-item.move-route-down', 'Move route {{number}} down', { number })}
          disabled={number === place.count}
          onClick={() => move(1)}
        />
      </div>
      <RouteSentence {...props} number={number} />
      <IconButton
        name="trash-alt"
        tooltip={t('settings.route-item.remove-route', 'Remove route {{number}}', { number })}
        onClick={() => dispatch({ kind: 'remove', key })}
      />
    </li>
  );
}

type SentenceProps = RouteItemProps & { readonly number: number };

function RouteSentence({ route, number, receivers, isUnreachable, error, dispatch }: SentenceProps) {
  const styles = useStyles2(getStyles);
  const { key, receiver } = route;
  const change = (part: Partial<EditedRoute>) => dispatch({ kind: 'change', key, change: part });
  return (
    <div className={styles.sentence}>
      <MatcherChips number={number} matchers={route.matchers} onChange={(matchers) => change({ matchers })} />
      <span>{t('settings.route-item.goes-to', 'goes to')}</span>
      <div className={styles.receiver}>
        <Combobox
          aria-label={t('settings.route-item.receiver-of-route', 'Receiver of route {{number}}', { number })}
          options={receivers.map((value) => ({ value, label: value }))}
          value={receiver === '' ? null : { value: receiver, label: receiver }}
          placeholder={t('settings.route-item.choose-a-receiver', 'Choose a receiver')}
          invalid={error !== undefined}
          onChange={({ value }) => change({ receiver: value })}
        />
      </div>
      <Checkbox
        id={`route-${key}-continue`}
        label={t('settings.route-item.then-go-on', 'then continue')}
        value={route.continue}
        onChange={(event) => change({ continue: event.currentTarget.checked })}
      />
      {error !== undefined && <Text color="error">{error}</Text>}
      {isUnreachable && (
        <Text color="warning">
          {t('settings.route-item.no-alert-comes-here-a', 'No alert reaches this route: a route above takes them all.')}
        </Text>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({
    display: 'flex',
    gap: theme.spacing(1.5),
    alignItems: 'center',
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  order: css({ display: 'flex', flexDirection: 'column', alignItems: 'center', gap: theme.spacing(0.5) }),
  number: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  sentence: css({
    flex: 1,
    minWidth: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
  }),
  receiver: css({ flex: '0 1 220px', minWidth: 140 }),
});
