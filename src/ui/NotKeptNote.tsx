import { Text } from '@grafana/ui';
import type { NotKept } from '../core/evidence/evidence.ts';
import { formatSpan } from '../core/formatSpan.ts';
import { t } from '../i18n/t.ts';
import { useDisplay } from './display.ts';
import { formatAbsolute } from './formatTime.ts';

/** What a source no longer keeps of what was asked for; nothing where it keeps all of it. */
export function NotKeptNote({ notKept }: { readonly notKept: NotKept | null }) {
  const { timeZone } = useDisplay();
  return notKept === null ? null : <Text color="secondary">{notKeptWords(notKept, timeZone)}</Text>;
}

/** The same as a sentence, with the time in the viewer's zone. */
export const notKeptWords = ({ source, keeps, since }: NotKept, timeZone: string): string =>
  t(
    'ui.not-kept-note.no-longer-there',
    '{{source}} keeps its data for {{span}}: data from before {{time}} is no longer there.',
    { source, span: formatSpan(keeps), time: formatAbsolute(since, timeZone) }
  );
