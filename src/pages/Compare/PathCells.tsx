import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { PathDifference } from '../../core/traces/compare/comparison.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { look, type StateLook } from '../../ui/tone.ts';
import { ChangeCell } from './ChangeCell.tsx';
import { presenceOf } from './pathRows.ts';

const NEW: StateLook = look('info', 'plus', () => t('compare.path-cells.new', 'New'));
const GONE: StateLook = look('quiet', 'minus', () => t('compare.path-cells.gone', 'Gone'));

export interface PathNameProps {
  readonly path: PathDifference;
  /** What is above it, where the name alone does not tell. */
  readonly place?: string | undefined;
}

/** Service and operation, and whether one side only has it. */
export function PathName({ path, place = '' }: PathNameProps) {
  const styles = useStyles2(getStyles);
  const presence = presenceOf(path);
  return (
    <span className={styles.name}>
      <span className={styles.service}>{path.service}</span> {path.operation}{' '}
      {presence === 'new' && <StateTag look={NEW} title={t('compare.path-cells.only-in-b', 'Only in B')} />}
      {presence === 'gone' && <StateTag look={GONE} title={t('compare.path-cells.only-in-a', 'Only in A')} />}
      {place !== '' && <span className={styles.place}>{t('compare.path-cells.in', 'in {{place}}', { place })}</span>}
    </span>
  );
}

const orNull = (ns: number | null): string | null => (ns === null ? null : formatNanoseconds(ns));
const traces = ({ a, b }: PathDifference): string =>
  t('compare.path-cells.traces', '{{a}} and {{b}} traces', { a: a.traces, b: b.traces });

export const MedianCell = ({ path }: { path: PathDifference }) => (
  <ChangeCell a={orNull(path.a.medianNs)} b={orNull(path.b.medianNs)} test={path.duration} of={traces(path)} />
);

export const P95Cell = ({ path }: { path: PathDifference }) => (
  <ChangeCell
    a={orNull(path.a.p95Ns)}
    b={orNull(path.b.p95Ns)}
    test={path.p95}
    of={t('compare.path-cells.spans', '{{a}} and {{b}} spans', { a: path.a.spans, b: path.b.spans })}
  />
);

export const SelfCell = ({ path }: { path: PathDifference }) => (
  <ChangeCell
    a={formatNanoseconds(path.a.selfNs)}
    b={formatNanoseconds(path.b.selfNs)}
    test={null}
    of={t('compare.path-cells.mean-per-trace', 'mean per trace')}
  />
);

const perTrace = (count: number): string => formatValue(count, 'none');

export const CountCell = ({ path }: { path: PathDifference }) => (
  <ChangeCell a={perTrace(path.a.perTrace)} b={perTrace(path.b.perTrace)} test={path.count} of={traces(path)} />
);

const share = (value: number | null): string | null => (value === null ? null : formatValue(value, 'ratio'));

export const ErrorsCell = ({ path }: { path: PathDifference }) => (
  <ChangeCell a={share(path.a.errorShare)} b={share(path.b.errorShare)} test={path.errors} of={traces(path)} />
);

/** A usual trace of each side. */
export function Examples({ a, b }: { a: { example: string | null }; b: { example: string | null } }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.examples}>
      <Example side="A" traceId={a.example} />
      <Example side="B" traceId={b.example} />
    </span>
  );
}

function Example({ side, traceId }: { side: 'A' | 'B'; traceId: string | null }) {
  const styles = useStyles2(getStyles);
  return traceId === null ? (
    <span aria-hidden>–</span>
  ) : (
    <AppLink
      to={`/traces/${traceId}`}
      className={styles.link}
      aria-label={t('compare.path-cells.example-of', 'Example of {{side}}', { side })}
      title={t('compare.path-cells.usual-trace', 'A typical trace of {{side}}', { side })}
    >
      {side}
    </AppLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ overflowWrap: 'anywhere' }),
  service: css({ fontWeight: theme.typography.fontWeightMedium }),
  place: css({
    display: 'block',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  examples: css({ display: 'inline-flex', gap: theme.spacing(1) }),
  link: css({
    color: theme.colors.text.link,
    padding: theme.spacing(0.25, 0.75),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '&:hover': { textDecoration: 'underline' },
  }),
});
