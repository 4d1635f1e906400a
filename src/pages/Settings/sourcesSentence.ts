import type { SourceView } from '../../api/access.ts';
import { inSentence } from '../../i18n/inSentence.ts';
import { t } from '../../i18n/t.ts';
import { SOURCE_LOOK } from './looks.ts';
import { SOURCE_KIND_WORDS } from './sourceKinds.ts';

const allWell = (count: number): string =>
  t('settings.sources-sentence.well', '', {
    count,
    defaultValue_one: '{{count}} source; nothing is wrong with it.',
    defaultValue_other: '{{count}} sources; nothing is wrong with them.',
  });

function inTrouble(silent: readonly SourceView[], all: number): string {
  const names = silent
    .map(
      ({ name, kind, status }) => `${name} (${SOURCE_KIND_WORDS[kind].label}, ${inSentence(SOURCE_LOOK[status].word)})`
    )
    .join(', ');
  return all === 1
    ? t('settings.sources-sentence.one-of-one', '1 of 1 source is in trouble: {{names}}.', { names })
    : t('settings.sources-sentence.trouble', '', {
        count: silent.length,
        all,
        names,
        defaultValue_one: '{{count}} of {{all}} sources is in trouble: {{names}}.',
        defaultValue_other: '{{count}} of {{all}} sources are in trouble: {{names}}.',
      });
}

/** `4 sources, all answer.`, or which do not. */
export function sourcesSentence(sources: readonly SourceView[], seesAddresses: boolean): string {
  const silent = sources.filter(({ status }) => status === 'down' || status === 'degraded');
  const state = silent.length === 0 ? allWell(sources.length) : inTrouble(silent, sources.length);
  return seesAddresses
    ? state
    : t(
        'settings.sources-sentence.only-an-admin-sees-their',
        '{{state}} Only admins see their addresses and can change them.',
        { state }
      );
}
