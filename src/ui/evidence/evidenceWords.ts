import type { DeployEvidence, LogEvidence, TraceEvidence } from '../../core/evidence/evidence.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { joinAnd } from '../../i18n/joinAnd.ts';
import { t } from '../../i18n/t.ts';

/** How a window is written for the viewer. */
export type WriteWindow = (window: { readonly from: number; readonly to: number }) => string;

export interface Words {
  readonly service: string;
  readonly write: WriteWindow;
}

/** What the deploys come to where there is none. */
export function describeNoDeploy({ versions, window }: DeployEvidence, { service, write }: Words): string {
  const values = { service, window: write(window), versions: joinAnd(versions) };
  return versions.length === 1
    ? t(
        'ui.evidence-words.one-version',
        'No new version of {{service}} from {{window}}: {{versions}} ran all along.',
        values
      )
    : t(
        'ui.evidence-words.side-by-side',
        'No new version of {{service}} from {{window}}: {{versions}} ran side by side.',
        values
      );
}

/** How many lines, of which levels, of which time. */
export function describeLogs({ items, levels, order, more, window }: LogEvidence, { service, write }: Words): string {
  if (items.length === 0) {
    return t('ui.evidence-words.loki-has-no-line-of', 'Loki has no line of {{service}} from {{window}}.', {
      service,
      window: write(window),
    });
  }
  const which = levels === 'warning' ? t('ui.evidence-words.of-warning', ' of level warning and above') : '';
  const values = { count: items.length, which, window: write(window) };
  if (!more) {
    return t('ui.evidence-words.lines', '', {
      ...values,
      defaultValue_one: '{{count}} line{{which}} from {{window}}.',
      defaultValue_other: '{{count}} lines{{which}} from {{window}}.',
    });
  }
  return order === 'oldest_first'
    ? t('ui.evidence-words.first-lines', '', {
        ...values,
        defaultValue_one: 'The first {{count}} line{{which}} from {{window}}; there may be more.',
        defaultValue_other: 'The first {{count}} lines{{which}} from {{window}}; there may be more.',
      })
    : t('ui.evidence-words.newest-lines', '', {
        ...values,
        defaultValue_one: 'The newest {{count}} line{{which}} from {{window}}; there may be more.',
        defaultValue_other: 'The newest {{count}} lines{{which}} from {{window}}; there may be more.',
      });
}

/** How many traces, and what brought them here. */
export function describeTraces({ items, slowerThan, more, window }: TraceEvidence, { service, write }: Words): string {
  const why =
    slowerThan === null
      ? t('ui.evidence-words.failed', 'in which {{service}} failed', { service })
      : t('ui.evidence-words.failed-or-slow', 'in which {{service}} failed or took longer than {{limit}}', {
          service,
          limit: formatValue(slowerThan, 'seconds'),
        });
  if (items.length === 0) {
    return t('ui.evidence-words.no-trace-from', 'No trace from {{window}} {{why}}.', { window: write(window), why });
  }
  const values = { count: items.length, window: write(window), why };
  return more
    ? t('ui.evidence-words.more-traces', '', {
        ...values,
        defaultValue_one: '{{count}} of the traces from {{window}} {{why}}; there may be more.',
        defaultValue_other: '{{count}} of the traces from {{window}} {{why}}; there may be more.',
      })
    : t('ui.evidence-words.traces', '', {
        ...values,
        defaultValue_one: '{{count}} trace from {{window}} {{why}}.',
        defaultValue_other: '{{count}} traces from {{window}} {{why}}.',
      });
}
