import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, Input, useStyles2 } from '@grafana/ui';
import { matchRoutesOperation } from '../../api/routing.ts';
import type { Labels } from '../../core/labels.ts';
import type { RouteMatch } from '../../core/routing/route.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { joinAnd } from '../../i18n/joinAnd.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Section } from '../../ui/Section.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { parseLabels } from './parseLabels.ts';
import { matchDraft, type RoutesDraft } from './routesEditor.ts';

export interface RouteTesterProps {
  readonly draft: RoutesDraft;
  /** The draft is what the engine has: then the engine answers. */
  readonly isSaved: boolean;
}

const TYPING_MS = 300;
const EXAMPLE = 'severity=critical service=checkout';

/** Says where an alert with some labels would go, unsaved changes included. */
export function RouteTester({ draft, isSaved }: RouteTesterProps) {
  const params = useQueryParams();
  const text = params.get('labels') ?? '';
  const parsed = parseLabels(text);
  const isAsking = parsed.ok && Object.keys(parsed.labels).length > 0;
  return (
    <Section title={t('settings.route-tester.where-would-this-go', 'Where would this go?')}>
      <Field
        noMargin
        label={t('settings.route-tester.labels-of-an-alert', 'Labels of an alert')}
        description={t('settings.route-tester.name-value-separated-by-spaces', 'name=value, separated by spaces')}
        invalid={!parsed.ok}
        error={parsed.ok ? undefined : parsed.message}
      >
        <Input
          id="route-tester-labels"
          value={text}
          placeholder={EXAMPLE}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => params.set({ labels: event.currentTarget.value })}
        />
      </Field>
      <div role="status">
        {isAsking &&
          (isSaved ? <EngineAnswer text={text} draft={draft} /> : <DraftAnswer labels={parsed.labels} draft={draft} />)}
      </div>
    </Section>
  );
}

function EngineAnswer({ text, draft }: { text: string; draft: RoutesDraft }) {
  const parsed = parseLabels(useSettled(text, TYPING_MS));
  const labels = parsed.ok ? parsed.labels : {};
  const { data, error } = useOperation(matchRoutesOperation, { labels: { ...labels } }, { keepPrevious: true });
  if (error) {
    return (
      <>
        {t('settings.route-tester.this-cannot-be-said-now', 'This cannot be checked now: {{message}}', {
          message: error.message,
        })}
      </>
    );
  }
  return data === undefined ? <>…</> : <Answer match={data} draft={draft} />;
}

function DraftAnswer({ labels, draft }: { labels: Labels; draft: RoutesDraft }) {
  const match = tryMatch(draft, labels);
  return match === undefined ? (
    <>
      {t(
        'settings.route-tester.a-matcher-of-your-changes',
        'One of your unsaved matchers is not a valid regular expression.'
      )}
    </>
  ) : (
    <>
      <Answer match={match} draft={draft} /> {t('settings.route-tester.unsaved', 'Your unsaved changes are included.')}
    </>
  );
}

function tryMatch(draft: RoutesDraft, labels: Labels): RouteMatch | undefined {
  try {
    return matchDraft(draft, labels);
  } catch {
    return undefined;
  }
}

function Answer({ match, draft }: { match: RouteMatch; draft: RoutesDraft }) {
  const styles = useStyles2(getStyles);
  if (match.receivers.length === 0) {
    return (
      <span className={styles.nobody}>
        {t('settings.route-tester.to-nobody-no-route-matches', 'To nobody: no route matches.')}
      </span>
    );
  }
  const by = match.routes.map((index) => index + 1).join(', ');

  return (
    <span>
      <Trans
        i18nKey="settings.route-tester.to"
        count={match.routes.length}
        tOptions={{
          defaultValue_one: 'To <b>{{receivers}}</b>, by route {{by}} of {{all}}.',
          defaultValue_other: 'To <b>{{receivers}}</b>, by routes {{by}} of {{all}}.',
        }}
        defaults=""
        values={{ receivers: joinAnd(match.receivers), by, all: draft.routes.length }}
        components={{ b: <b /> }}
      />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  nobody: css({ color: theme.colors.warning.text, fontWeight: theme.typography.fontWeightMedium }),
});
