import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { explainTraces } from '../../api/traceComparison.ts';
import type { AttributeDifference } from '../../core/traces/compare/attributeDifference.ts';
import { joinTexts } from '../../core/textList.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { WhatIsDifferent } from '../../ui/traces/differences/WhatIsDifferent.tsx';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import { compareWithRest, MOST_NAMED, type SelectionAndRest } from './compareWithRest.ts';
import { takeEvenly } from './takeEvenly.ts';
import type { TraceSearch } from './traceSearch.ts';
import { withDifference } from './withDifference.ts';

/** Read whole: more on either side says little more, and takes long. */
const MOST = 100;

export interface SelectionProps {
  readonly ids: readonly string[];
  readonly all: readonly FoundTrace[];
  readonly query: string;
  readonly search: TraceSearch;
  readonly onClear: () => void;
}

/** What is different about the traces that were picked, and where one can go with them. */
export function Selection({ ids, all, query, search, onClear }: SelectionProps) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const asked = params.get('why') === '1';
  const sides = useMemo(() => {
    const chosen = new Set(ids);
    return { ids, rest: all.map(({ traceId }) => traceId).filter((id) => !chosen.has(id)) };
  }, [ids, all]);
  const hasRest = sides.rest.length > 0;
  const compare = compareWithRest(sides, { query, search });
  return (
    <Section
      title={t('traces.selection.selected', '', {
        count: ids.length,
        defaultValue_one: '{{count}} trace selected',
        defaultValue_other: '{{count}} traces selected',
      })}
    >
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <Button icon="question-circle" disabled={asked || !hasRest} onClick={() => params.set({ why: '1' })}>
          {t('traces.selection.what-is-different', 'What is different about these?')}
        </Button>
        <Button
          variant="secondary"
          icon="calculator-alt"
          onClick={() => params.set({ tab: 'operations', ids: joinTexts(ids) }, { push: true })}
        >
          {t('traces.selection.critical-path', 'Critical path of these')}
        </Button>
        {/* No LinkButton: it unescapes what stands in a query. */}
        {hasRest && (
          <AppLink to={compare.to} className={styles.link}>
            <Icon name="exchange-alt" aria-hidden /> {t('traces.selection.compare', 'Compare with the rest')}
          </AppLink>
        )}
        <Button variant="secondary" fill="text" onClick={onClear}>
          {t('traces.selection.clear', 'Clear the selection')}
        </Button>
      </Stack>
      {!hasRest && (
        <Text>
          {t('traces.selection.all-selected', 'All traces are selected: there is no rest to compare them with.')}
        </Text>
      )}
      {compare.isCut && (
        <Text color="secondary">
          {t(
            'traces.selection.at-most-compared',
            'A comparison takes at most {{most}} of the selected and {{most}} of the others, evenly from the newest to the oldest.',
            { most: MOST_NAMED }
          )}
        </Text>
      )}
      {asked && hasRest && (
        <Explained {...sides} onPick={(difference) => params.set(withDifference(params, difference), { push: true })} />
      )}
    </Section>
  );
}

interface ExplainedProps extends SelectionAndRest {
  readonly onPick: (difference: AttributeDifference) => void;
}

function Explained({ ids, rest, onPick }: ExplainedProps) {
  const input = useMemo(() => {
    const read = (side: readonly string[]) => ({ traceIds: [...takeEvenly(side, MOST)] });
    return { selection: read(ids), rest: read(rest) };
  }, [ids, rest]);
  const explained = useOperation(explainTraces, input, { isLasting: true });
  return (
    <>
      {Math.max(ids.length, rest.length) > MOST && (
        <Text color="secondary">
          {t(
            'traces.selection.at-most',
            '{{selected}} selected and {{rest}} others: at most {{most}} of each are read, evenly from the newest to the oldest.',
            { selected: ids.length, rest: rest.length, most: MOST }
          )}
        </Text>
      )}
      <LoadState
        what={t('traces.selection.the-differences', 'The differences')}
        query={explained}
        height={28}
        rows={6}
      />
      {explained.data && <WhatIsDifferent found={explained.data} onPick={onPick} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({
    padding: theme.spacing(0, 1),
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
  }),
});
