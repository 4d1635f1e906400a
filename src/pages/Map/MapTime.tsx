import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Input, useStyles2 } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import { days, formatDuration, hours, parseDuration } from '../../core/units.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { formatClock, formatField, parseField } from '../../ui/formatTime.ts';
import { useNow } from '../../ui/useNow.ts';
import { WINDOWS, writeAt, writeWindow, type BaselineChoice, type MapParams } from './mapParams.ts';

const DAY = days(1);
const STEP_MINUTES = 5;
/** While the slider moves, nothing is asked. */
const MOVED_AFTER_MS = 250;

const BASELINES = [
  {
    value: 'none',
    get label() {
      return t('map.map-time.none', 'No comparison');
    },
  },
  {
    value: formatDuration(hours(1)),
    get label() {
      return t('map.map-time.hour', 'with an hour earlier');
    },
  },
  {
    value: formatDuration(DAY),
    get label() {
      return t('map.map-time.day', 'with a day earlier');
    },
  },
  {
    value: '1w',
    get label() {
      return t('map.map-time.week', 'with a week earlier');
    },
  },
];

/** When: now or then, over how long, compared with what. */
export function MapTime({ params }: { readonly params: MapParams }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const query = useQueryParams();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  const { at, window } = params;
  const goTo = (to: number) => query.set({ at: writeAt(to, now) });
  return (
    <div className={styles.row} role="group" aria-label={t('map.map-time.time-of-the-map', 'Time of the map')}>
      <Button
        size="sm"
        icon="history"
        variant={at === undefined ? 'primary' : 'secondary'}
        aria-pressed={at === undefined}
        onClick={() => query.set({ at: null })}
      >
        {t('map.map-time.now', 'Now')}
      </Button>
      <BackSlider now={now} at={at} onMove={goTo} />
      <Input
        type="datetime-local"
        aria-label={t('map.map-time.end', 'End of the window')}
        width={26}
        value={formatField(at ?? now, timeZone)}
        max={formatField(now, timeZone)}
        onChange={({ currentTarget }) => {
          const to = parseField(currentTarget.value, timeZone);
          if (to !== undefined) {
            goTo(to);
          }
        }}
      />
      <Combobox
        aria-label={t('map.map-time.length', 'Length of the window')}
        // Grafana 12.4 takes the name of a combobox from here.
        placeholder={t('map.map-time.length', 'Length of the window')}
        width={12}
        options={[...new Set([...WINDOWS, window])].map((length) => ({
          value: formatDuration(length),
          label: t('map.map-time.last', 'last {{span}}', { span: formatDuration(length) }),
        }))}
        value={formatDuration(window)}
        onChange={({ value }) => query.set({ window: writeWindow(parseDuration(value) ?? window) })}
      />
      <Combobox
        aria-label={t('map.map-time.compare', 'Compare')}
        // Grafana 12.4 takes the name of a combobox from here.
        placeholder={t('map.map-time.compare', 'Compare')}
        width={26}
        options={[...BASELINES, ...ownBaseline(params.baseline, (to) => formatClock(to, now, timeZone))]}
        value={writeBaseline(params.baseline)}
        onChange={({ value }) => query.set({ baseline: value === 'none' ? null : value })}
      />
    </div>
  );
}

function writeBaseline(baseline: BaselineChoice): string {
  if (baseline === undefined) {
    return 'none';
  }
  return 'at' in baseline ? new Date(baseline.at).toISOString() : formatDuration(baseline.ago);
}

/** What the address says and no choice offers, such as the time before a deploy. */
function ownBaseline(baseline: BaselineChoice, clock: (at: number) => string) {
  const value = writeBaseline(baseline);
  if (baseline === undefined || BASELINES.some((known) => known.value === value)) {
    return [];
  }
  const label =
    'at' in baseline
      ? t('map.map-time.with-before', 'with before {{time}}', { time: clock(baseline.at) })
      : t('map.map-time.with-span', 'with {{span}} earlier', { span: value });
  return [{ value, label }];
}

interface BackSliderProps {
  readonly now: number;
  readonly at: number | undefined;
  readonly onMove: (at: number) => void;
}

/** The last day, to be gone through by hand. */
function BackSlider({ now, at, onMove }: BackSliderProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const back = at === undefined ? 0 : Math.min(DAY, Math.max(0, now - at)) / 60_000;
  const [moved, setMoved] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const move = (to: number) => {
    setMoved(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      onMove(now - to * 60_000);
      setMoved(null);
    }, MOVED_AFTER_MS);
  };
  const shown = moved ?? back;
  const words = shown < 1 ? t('map.map-time.now-slider', 'now') : formatClock(now - shown * 60_000, now, timeZone);
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={t('map.map-time.back', 'Back in time, over the last day')}
      aria-valuetext={words}
      title={words}
      min={-DAY / 60_000}
      max={0}
      step={STEP_MINUTES}
      value={-shown}
      onChange={({ currentTarget }) => move(-Number(currentTarget.value))}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  slider: css({ flex: '1 1 160px', maxWidth: 320, accentColor: theme.colors.primary.main }),
});
