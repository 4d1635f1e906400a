import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, Text, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { queryMetrics } from '../../api/system.ts';
import { previewThreshold, type ThresholdInput } from '../../api/thresholds.ts';
import { explainNoPast, isAgeSignal } from '../../core/signals/age.ts';
import { days, epochMs, formatDuration, hours, parseDuration, type DurationMs } from '../../core/units.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { ANY_SERVICE } from '../../core/thresholds/threshold.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { NotKeptNote } from '../../ui/NotKeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SignalChart } from '../../ui/SignalChart.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import type { LevelName } from '../../core/thresholds/levelScale.ts';
import { t } from '../../i18n/t.ts';
import { firedByService, firedWords, missingDataWords, type Preview } from './firedWords.ts';
import { parseLevel } from './parseLevel.ts';
import { OWN_EXPRESSION, type ThresholdForm } from './thresholdForm.ts';

const RANGES = [hours(1), hours(6), hours(24), days(7)];
const DEFAULT_RANGE = hours(6);
const CHART_HEIGHT = 260;
/** Long enough not to ask for each letter, short enough to seem at once. */
const TYPING_MS = 400;

export interface PreviewPanelProps {
  readonly form: ThresholdForm;
  /** The last sound state of the form. */
  readonly draft: ThresholdInput | undefined;
  /** Whether the draft is what stands in the form now. */
  readonly isCurrent: boolean;
  /** A level was moved on the chart; absent for those who only look. */
  readonly onMove?: ((level: LevelName, value: number) => void) | undefined;
}

const rangeWords = (range: DurationMs): string => (range === days(7) ? '7 d' : `${range / hours(1)} h`);

/** What the threshold would have done in the last hours or days. */
export function PreviewPanel({ form, draft, isCurrent, onMove }: PreviewPanelProps) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const asked = parseDuration(params.get('range') ?? '');
  const range = RANGES.find((one) => one === asked) ?? DEFAULT_RANGE;
  return (
    <section className={styles.panel} aria-label={t('thresholds.preview-panel.preview', 'Preview')}>
      <div className={styles.head}>
        <Text element="h3" variant="h6">
          {t('thresholds.preview-panel.what-it-would-have-done', 'What it would have done')}
        </Text>
        <RadioButtonGroup
          size="sm"
          aria-label={t('thresholds.preview-panel.time-range-of-the-preview', 'Time range of the preview')}
          options={RANGES.map((value) => ({ value, label: rangeWords(value) }))}
          value={range}
          onChange={(value) => params.set({ range: value === DEFAULT_RANGE ? null : formatDuration(value) })}
        />
      </div>
      {draft === undefined ? (
        <SignalOnly form={form} range={range} />
      ) : (
        <WithLevels {...{ form, draft, range, isCurrent, onMove }} />
      )}
    </section>
  );
}

type WithLevelsProps = PreviewPanelProps & { readonly draft: ThresholdInput; readonly range: DurationMs };

function WithLevels({ form, draft, range, isCurrent, onMove }: WithLevelsProps) {
  const styles = useStyles2(getStyles);
  const { service, signal, direction, warning = null, critical = null, unit = 'none', for: hold } = draft;
  const judged = useMemo(
    () => ({ service, signal, direction, warning, critical, unit, for: hold, range }),
    [service, signal, direction, warning, critical, unit, hold, range]
  );
  const preview = useOperation(previewThreshold, useSettled(judged, TYPING_MS), { keepPrevious: true });
  const { data } = preview;
  if (preview.error) {
    return (
      <Text color="secondary">
        {t(
          'thresholds.preview-panel.there-is-no-preview-now',
          'There is no preview now: {{message}} You can still save.',
          { message: preview.error.message }
        )}
      </Text>
    );
  }
  if (data === undefined) {
    return (
      <Skeleton
        label={t('thresholds.preview-panel.loading-the-preview', 'Loading the preview')}
        height={CHART_HEIGHT}
      />
    );
  }
  const words = (
    <div className={styles.words} role="status">
      {data.note === undefined ? (
        <FiredSentence preview={data} range={range} isDefault={service === ANY_SERVICE} />
      ) : (
        <Text>{data.note}</Text>
      )}
      {!isCurrent && (
        <Text color="secondary">
          {t(
            'thresholds.preview-panel.this-is-what-you-had',
            'The preview shows your last complete entries; the form is incomplete now.'
          )}
        </Text>
      )}
    </div>
  );
  if (data.note !== undefined) {
    return words;
  }
  return (
    <>
      <LevelsChart {...{ form, draft, data, onMove }} />
      {words}
    </>
  );
}

type LevelsChartProps = Pick<WithLevelsProps, 'form' | 'draft' | 'onMove'> & { readonly data: Preview };

/** The signal with its levels where they stand in the form, to be moved by their handles. */
function LevelsChart({ form, draft, data, onMove }: LevelsChartProps) {
  const { service, signal, warning = null, critical = null, unit = 'none' } = draft;
  return (
    <SignalChart
      title={
        service === ANY_SERVICE
          ? t('thresholds.preview-panel.of-every-service', '{{signal}} of every service', {
              signal: describeSignal(signal),
            })
          : t('thresholds.preview-panel.of', '{{signal}} of {{service}}', { signal: describeSignal(signal), service })
      }
      series={data.series}
      unit={unit}
      levels={{ warning: levelNow(form, 'warning', warning), critical: levelNow(form, 'critical', critical) }}
      // A level in another unit than the chart's would stand nowhere.
      moving={onMove && form.unit === unit ? { direction: form.direction, onMove } : undefined}
      bands={bandsOf(data)}
      from={data.from}
      to={data.to}
      height={CHART_HEIGHT}
    />
  );
}

/** What stands in the field; what stood there while that cannot be read. */
function levelNow(form: ThresholdForm, level: LevelName, before: number | null): number | null {
  const read = parseLevel(form[level], form.unit);
  return read.ok ? read.value : before;
}

/** Episodes of the series that would have fired most: those of twenty services would hide each other. */
const bandsOf = ({ series }: Preview) =>
  (series[0]?.episodes ?? []).map(({ level, from, to }) => ({ from, to, tone: level }));

interface SentenceProps {
  readonly preview: Preview;
  readonly range: DurationMs;
  readonly isDefault: boolean;
}

function FiredSentence({ preview, range, isDefault }: SentenceProps) {
  const missing = missingDataWords(preview, range);
  return (
    <>
      {preview.dataFrom !== null && (
        <Text>
          {t('thresholds.preview-panel.would-have-fired', 'Would have fired: {{fired}}.', {
            fired: firedWords(preview.levels),
          })}
          {isDefault && preview.levels.some(({ count }) => count > 0) && ` ${firedByService(preview)}.`}
        </Text>
      )}
      {missing !== undefined && <Text color="warning">{missing}</Text>}
    </>
  );
}

/** Before there is a level, the signal itself: one sees where a level would make sense. */
function SignalOnly({ form, range }: { form: ThresholdForm; range: DurationMs }) {
  const [openedAt] = useState(() => Date.now());
  const { signal, service, expr } = form;
  const query = useSettled(
    useMemo(() => queryOf({ signal, service, expr }), [signal, service, expr]),
    TYPING_MS
  );
  const input = useMemo(
    () => ({ queries: query === undefined ? [] : [query], from: epochMs(openedAt - range), to: epochMs(openedAt) }),
    [query, openedAt, range]
  );
  const { data, error } = useOperation(queryMetrics, input, { enabled: query !== undefined, keepPrevious: true });
  const result = data?.results[0];
  if (isAgeSignal(signal)) {
    return <Text color="secondary">{explainNoPast(signal)}</Text>;
  }
  if (query === undefined) {
    return (
      <Text color="secondary">
        {t(
          'thresholds.preview-panel.choose-a-service-and-a',
          'Choose a service and a signal to see its last hours here.'
        )}
      </Text>
    );
  }
  const problem = error?.message ?? result?.error;
  if (problem) {
    return (
      <Text color="secondary">
        {t('thresholds.preview-panel.the-signal-cannot-be-shown', 'The signal cannot be shown now: {{problem}}', {
          problem,
        })}
      </Text>
    );
  }
  if (result === undefined) {
    return (
      <Skeleton label={t('thresholds.preview-panel.loading-the-signal', 'Loading the signal')} height={CHART_HEIGHT} />
    );
  }
  return (
    <>
      <SignalChart
        title={titleOf(form)}
        series={result.series}
        unit={form.unit}
        from={input.from}
        to={input.to}
        height={CHART_HEIGHT}
      />
      <NotKeptNote notKept={result.notKept} />
      <Text color="secondary">
        {t('thresholds.preview-panel.enter-a-level-to-see', 'Enter a level to see how often it would have fired.')}
      </Text>
    </>
  );
}

const titleOf = ({ signal, service, expr }: ThresholdForm): string =>
  signal === OWN_EXPRESSION || signal === ''
    ? describeSignal({ expr })
    : t('thresholds.preview-panel.of', '{{signal}} of {{service}}', { signal: describeSignal(signal), service });

function queryOf({ signal, expr, service }: Pick<ThresholdForm, 'signal' | 'expr' | 'service'>) {
  if (signal === OWN_EXPRESSION) {
    return expr.trim() === '' ? undefined : { id: 'preview', expr: expr.trim() };
  }
  if (signal === '' || service === '' || isAgeSignal(signal)) {
    return undefined;
  }
  return { id: 'preview', signal, ...(service === ANY_SERVICE ? {} : { service }) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), position: 'sticky', top: 0 }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'space-between',
    alignItems: 'center',
  }),
  words: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
});
