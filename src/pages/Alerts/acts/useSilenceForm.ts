import { useState, type SyntheticEvent } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { createSilence, expireSilence } from '../../../api/routing.ts';
import type { Matcher } from '../../../core/matchers.ts';
import { useAction, useChange } from '../../../host/useChange.ts';
import { useDisplay } from '../../../ui/display.ts';
import { formatAbsolute } from '../../../ui/formatTime.ts';
import { commonMatchers, DEFAULT_EXPIRY, expiryOf, silenceProblems } from './silenceForm.ts';

interface WantedSilence {
  readonly matchers: readonly Matcher[];
  readonly comment: string;
  readonly preset: number;
}

/** State of the silence form, from the first look to the answer of the engine. */
export function useSilenceForm(alerts: readonly AlertView[], onDone: () => void) {
  const [matchers, setMatchers] = useState<readonly Matcher[]>(() => commonMatchers(alerts));
  const [preset, setPreset] = useState(DEFAULT_EXPIRY);
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const { timeZone } = useDisplay();
  const expire = useChange(expireSilence, { done: () => 'Silence ended', failed: 'The silence was not ended' });
  const create = useAction(
    (client, wanted: WantedSilence) =>
      client.call(createSilence, {
        matchers: [...wanted.matchers],
        endsAt: expiryOf(wanted.preset, Date.now()),
        comment: wanted.comment.trim(),
      }),
    ['silences'],
    {
      quiet: true,
      done: ({ silence }) => ({
        message: `Silenced until ${formatAbsolute(silence.endsAt, timeZone)}`,
        undo: () => expire.mutate({ id: silence.id }),
      }),
    }
  );
  const missing = silenceProblems(matchers, comment);
  const refused = (create.error?.errors ?? []).map(({ path, message }) => [path, message] as const);
  return {
    ...{ matchers, setMatchers, preset, setPreset, comment, setComment, create },
    /** By field; nothing is wrong with a form that nobody has tried to send. */
    problems: new Map([...(tried ? missing : []), ...refused]),
    submit(event: SyntheticEvent): void {
      event.preventDefault();
      setTried(true);
      if (missing.size === 0) {
        create.mutate({ matchers, comment, preset }, { onSuccess: onDone });
      }
    },
  };
}
