import { Button } from '@grafana/ui';
import { explainTraces } from '../../api/traceComparison.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { WhatIsDifferent } from '../../ui/traces/differences/WhatIsDifferent.tsx';

export interface AttributesSectionProps {
  /** Ids of the traces of B, and of A. */
  readonly selection: readonly string[];
  readonly rest: readonly string[];
}

/** Which attributes the traces of B have and those of A have not; asked on demand, as all of them are read anew. */
export function AttributesSection({ selection, rest }: AttributesSectionProps) {
  const params = useQueryParams();
  const isOpen = params.get('why') === '1';
  return (
    <Section
      title={t('compare.attributes-section.what-else', 'What else sets B apart')}
      actions={
        !isOpen && (
          <Button size="sm" variant="secondary" icon="tag-alt" onClick={() => params.set({ why: '1' })}>
            {t('compare.attributes-section.compare-attributes', 'Compare attributes')}
          </Button>
        )
      }
    >
      {isOpen && <Attributes selection={selection} rest={rest} />}
    </Section>
  );
}

const NAMES = {
  get selection() {
    return t('compare.attributes-section.traces-of-b', 'traces of B');
  },
  get rest() {
    return t('compare.attributes-section.traces-of-a', 'traces of A');
  },
};

function Attributes({ selection, rest }: AttributesSectionProps) {
  const query = useOperation(
    explainTraces,
    { selection: { traceIds: [...selection] }, rest: { traceIds: [...rest] } },
    { isLasting: true }
  );
  return (
    <>
      <LoadState
        what={t('compare.attributes-section.the-attributes', 'The attributes')}
        query={query}
        height={28}
        rows={6}
      />
      {query.data && <WhatIsDifferent found={query.data} names={NAMES} />}
    </>
  );
}
