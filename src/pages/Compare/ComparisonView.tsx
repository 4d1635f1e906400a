import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FilterInput, RadioButtonGroup, Switch, useStyles2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import type { ComparedTraces } from '../../api/traceComparison.ts';
import { describeComparison, type ComparisonAnswer } from '../../core/traces/compare/describeComparison.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { Answer } from '../../ui/Answer.tsx';
import { PHONE } from '../../ui/breakpoints.ts';
import { useDisplay } from '../../ui/display.ts';
import { Section } from '../../ui/Section.tsx';
import type { StateLook } from '../../ui/tone.ts';
import { useHotkeys } from '../../ui/useHotkeys.ts';
import { AttributesSection } from './AttributesSection.tsx';
import type { CompareForm } from './compareForm.ts';
import { notesOf } from './comparisonNotes.ts';
import { isSignificant, matches, placesOf } from './pathRows.ts';
import { PathTable } from './PathTable.tsx';
import { PathTree } from './PathTree.tsx';
import { sideNames } from './sideNames.ts';
import { SideSummary } from './SideSummary.tsx';

const LOOKS: Readonly<Record<ComparisonAnswer['verdict'], Pick<StateLook, 'tone' | 'icon'>>> = {
  slower: { tone: 'warning', icon: 'exclamation-triangle' },
  faster: { tone: 'ok', icon: 'check-circle' },
  alike: { tone: 'ok', icon: 'check-circle' },
  untested: { tone: 'info', icon: 'info-circle' },
  empty: { tone: 'quiet', icon: 'question-circle' },
};

/** The answer in a sentence, then what it is made of. */
export function ComparisonView({ answer, form }: { answer: ComparedTraces; form: CompareForm }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const { comparison, a, b } = answer;
  const { verdict, text } = describeComparison(comparison, { byDuration: answer.slowerThanNs !== null });
  const names = sideNames(form, timeZone);
  const notes = notesOf(answer, { kind: form.kind, timeZone });
  return (
    <>
      <Answer look={LOOKS[verdict]}>{text}</Answer>
      <div className={styles.sides}>
        <SideSummary side="A" name={names.a} asked={a} figures={comparison.a} />
        <SideSummary side="B" name={names.b} asked={b} figures={comparison.b} />
      </div>
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label={t('compare.comparison-view.notes', 'Notes')}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {comparison.paths.length > 0 && verdict !== 'empty' && <Paths answer={answer} />}
      {verdict !== 'empty' && <AttributesSection selection={b.traceIds} rest={a.traceIds} />}
    </>
  );
}

const VIEWS = [
  {
    value: 'table',
    get label() {
      return t('compare.comparison-view.by-contribution', 'By contribution');
    },
    icon: 'list-ul',
  },
  {
    value: 'tree',
    get label() {
      return t('compare.comparison-view.structure', 'Structure');
    },
    icon: 'code-branch',
  },
];

function Paths({ answer: { comparison } }: { answer: ComparedTraces }) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const search = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': () => search.current?.focus() });
  const filter = params.get('filter') ?? '';
  const onlySure = params.get('sure') === '1';
  const view = params.get('view') === 'tree' ? 'tree' : 'table';
  const { paths } = comparison;
  const places = useMemo(() => placesOf(paths), [paths]);
  const mostNs = Math.max(0, ...paths.map(({ contributionNs }) => Math.abs(contributionNs)));
  const shown = paths.filter((path) => matches(path, filter) && (!onlySure || isSignificant(path)));
  return (
    <Section title={t('compare.comparison-view.what-makes', 'What makes the difference')} cardsOnPhone>
      <div
        className={styles.controls}
        role="search"
        aria-label={t('compare.comparison-view.filter-the-paths', 'Filter the paths')}
      >
        <RadioButtonGroup
          aria-label={t('compare.comparison-view.view', 'View')}
          options={VIEWS}
          value={view}
          onChange={(value) => params.set({ view: value === 'table' ? null : value })}
        />
        <div className={styles.filter}>
          <FilterInput
            ref={search}
            aria-label={t('compare.comparison-view.filter', 'Filter by service or operation')}
            placeholder={t('compare.comparison-view.filter-key', 'Filter by service or operation (/)')}
            escapeRegex={false}
            value={filter}
            onChange={(text) => params.set({ filter: text })}
          />
        </div>
        {view === 'table' && comparison.tests > 0 && (
          <label className={styles.sure}>
            <Switch value={onlySure} onChange={() => params.set({ sure: onlySure ? null : '1' })} />
            {t('compare.comparison-view.only-clear', 'Only clear differences')}
          </label>
        )}
      </div>
      {view === 'tree' ? (
        <PathTree paths={paths} filter={filter} />
      ) : (
        <PathTable paths={shown} mostNs={mostNs} places={places} />
      )}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  sides: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    gap: theme.spacing(2),
  }),
  notes: css({ margin: 0, paddingLeft: theme.spacing(2.5), color: theme.colors.text.secondary }),
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'center' }),
  filter: css({ width: 320, maxWidth: '100%', [PHONE]: { width: '100%' } }),
  sure: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
});
