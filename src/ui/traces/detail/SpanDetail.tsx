import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Text, useStyles2, useTheme2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { FilterTerm } from '../../../core/traces/filter/parseSpanFilter.ts';
import type { PathIndex } from '../../../core/traces/rows/pathIndex.ts';
import { attributesOf, operationOf, resourceOf, serviceOf } from '../../../core/traces/spanFields.ts';
import type { SpanLink, Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../breakpoints.ts';
import { serviceColor } from '../serviceColor.ts';
import { AttributeList } from './AttributeList.tsx';
import { Fold } from './Fold.tsx';
import { SpanEvents } from './SpanEvents.tsx';
import { SpanFacts } from './SpanFacts.tsx';

export interface SpanDetailProps {
  readonly trace: Trace;
  readonly path: PathIndex;
  readonly span: number;
  /** Own time of the span in nanoseconds; undefined where that is not known. */
  readonly selfNs?: number | undefined;
  readonly onSelect: (span: number) => void;
  readonly onClose: () => void;
  /** Offered where there is a filter to add to. */
  readonly onFilter?: ((term: FilterTerm) => void) | undefined;
  /** Leads to the span of another trace. */
  readonly renderLink?: ((link: SpanLink) => ReactNode) | undefined;
  /** What the host can lead to from here: logs, metrics, profiles. */
  readonly children?: ReactNode;
}

/** Everything about one span: beside the views on a desk, at the bottom edge on a phone. */
export function SpanDetail({ trace, path, span, selfNs, children, ...rest }: SpanDetailProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { onClose, onSelect, onFilter, renderLink } = rest;
  const service = serviceOf(trace, span);
  const own = attributesOf(trace, span);
  const sent = resourceOf(trace, span);
  const events = trace.events.get(span) ?? [];
  const links = trace.links.get(span) ?? [];
  return (
    <section className={styles.panel} aria-label={t('ui.span-detail.span', 'Span')}>
      <header className={styles.head}>
        <span className={styles.swatch} style={{ background: serviceColor(theme, service) }} aria-hidden />
        <div className={styles.title}>
          <Text element="h2" variant="h5">
            {operationOf(trace, span)}
          </Text>
          <span className={styles.quiet}>{service}</span>
        </div>
        <IconButton name="times" size="lg" tooltip={t('ui.span-detail.close', 'Close (Escape)')} onClick={onClose} />
      </header>
      <div className={styles.body} tabIndex={0} role="group" aria-label={t('ui.span-detail.about', 'About the span')}>
        <SpanFacts {...{ trace, path, span, selfNs, onSelect }} />
        {children}
        {events.length > 0 && (
          <Fold title={t('ui.span-detail.events', 'Events')} count={events.length} open>
            <SpanEvents events={events} start={trace.startNs[span] ?? 0} />
          </Fold>
        )}
        <Fold title={t('ui.span-detail.attributes', 'Attributes')} count={own.length} open>
          <AttributeList label={t('ui.span-detail.attributes', 'Attributes')} attributes={own} onFilter={onFilter} />
        </Fold>
        <Fold title={t('ui.span-detail.resource', 'Resource')} count={sent.length} open={sent.length <= 6}>
          <AttributeList label={t('ui.span-detail.resource', 'Resource')} attributes={sent} onFilter={onFilter} />
        </Fold>
        {links.length > 0 && (
          <Fold title={t('ui.span-detail.links', 'Links')} count={links.length} open>
            <ul className={styles.links}>
              {links.map((link, index) => (
                <li key={index}>
                  {renderLink?.(link) ??
                    t('ui.span-detail.span-of', 'Span {{spanId}} of trace {{traceId}}', {
                      spanId: link.spanId,
                      traceId: link.traceId,
                    })}
                  <AttributeList
                    label={t('ui.span-detail.attributes-of-the-link', 'Attributes of the link')}
                    attributes={link.attributes}
                  />
                </li>
              ))}
            </ul>
          </Fold>
        )}
      </div>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    [PHONE]: {
      position: 'fixed',
      zIndex: theme.zIndex.navbarFixed,
      left: 0,
      right: 0,
      bottom: 'var(--pharos-bottom, 0px)',
      maxHeight: '62dvh',
      borderRadius: `${theme.shape.radius.default} ${theme.shape.radius.default} 0 0`,
      boxShadow: theme.shadows.z3,
    },
  }),
  head: css({
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
    padding: theme.spacing(1, 1.5),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  swatch: css({ width: 4, alignSelf: 'stretch', borderRadius: 2, flexShrink: 0 }),
  title: css({ display: 'grid', flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary }),
  body: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    overflowY: 'auto',
    maxHeight: 'max(320px, calc(100dvh - 200px))',
    [PHONE]: { maxHeight: 'none' },
  }),
  links: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5), overflowWrap: 'anywhere' }),
});
