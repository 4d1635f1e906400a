import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { explainTraces } from '../../api/traceComparison.ts';
import type { AttributeDifference } from '../../core/traces/compare/attributeDifference.ts';
import { joinTexts } from '../../core/textList.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { comparePath } from '../../host/comparePath.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { WhatIsDifferent } from '../../ui/traces/differences/WhatIsDifferent.tsx';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';
import type { TraceSearch } from './traceSearch.ts';
import { withDifference } from './withDifference.ts';

/** Read whole: more on either side says little more, and takes long. */
const MOST = 100;
/** That a comparison reads. */
const MOST_COMPARED = 500;

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
  const raw = search.range.raw;
  const compare = comparePath({
    // The same search, so that the rest is the one that is shown.
    ...{ kind: 'selection', q: query, ids: ids.join(' '), limit: String(Math.min(MOST_COMPARED, search.limit)) },
    ...{ from: writeRangeEnd(raw.from), to: writeRangeEnd(raw.to) },
  });
  return (
    <Section
      title={t('traces.selection.selected', '', {
        count: ids.length,
        defaultValue_one: '{{count}} trace selected',
        defaultValue_other: '{{count}} traces selected',
      })}
    >
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <Button icon="question-circle" disabled={asked} onClick={() => params.set({ why: '1' })}>
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
        <AppLink to={compare} className={styles.link}>
          <Icon name="exchange-alt" aria-hidden /> {t('traces.selection.compare', 'Compare with the rest')}
        </AppLink>
        <Button variant="secondary" fill="text" onClick={onClear}>
          {t('traces.selection.clear', 'Clear the selection')}
        </Button>
      </Stack>
      {asked && (
        <Explained
          ids={ids}
          all={all}
          onPick={(difference) => params.set(withDifference(params, difference), { push: true })}
        />
      )}
    </Section>
  );
}

interface ExplainedProps {
  readonly ids: readonly string[];
  readonly all: readonly FoundTrace[];
  readonly onPick: (difference: AttributeDifference) => void;
}

function Explained({ ids, all, onPick }: ExplainedProps) {
  const asked = useMemo(() => {
    const chosen = new Set(ids);
    const rest = all.map(({ traceId }) => traceId).filter((id) => !chosen.has(id));
    return {
      selection: { traceIds: ids.slice(0, MOST) },
      rest: { traceIds: rest.slice(0, MOST) },
      restSize: rest.length,
    };
  }, [ids, all]);
  const { restSize, ...input } = asked;
  const hasRest = restSize > 0;
  const explained = useOperation(explainTraces, input, { enabled: hasRest, isLasting: true });
  if (!hasRest) {
    return (
      <Text>
        {t('traces.selection.all-selected', 'All traces are selected: there is no rest to compare them with.')}
      </Text>
    );
  }
  return (
    <>
      {Math.max(ids.length, restSize) > MOST && (
        <Text color="secondary">
          {t(
            'traces.selection.at-most',
            '{{selected}} selected and {{rest}} others: of each the first {{most}} are read.',
            { selected: ids.length, rest: restSize, most: MOST }
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
