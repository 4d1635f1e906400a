import { useState, type SyntheticEvent } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { createSilence, expireSilence, updateSilence, type SilenceView } from '../../../api/routing.ts';
import type { Matcher } from '../../../core/matchers.ts';
import type { EpochMs } from '../../../core/units.ts';
import { useAction, useChange } from '../../../host/useChange.ts';
import type { Notice } from '../../../host/useNotify.ts';
import { t } from '../../../i18n/t.ts';
import { useDisplay } from '../../../ui/display.ts';
import { formatAbsolute } from '../../../ui/formatTime.ts';
import { useNow } from '../../../ui/useNow.ts';
import { commonMatchers, expiryOf, sameMatchers, silenceProblems, startExpiry } from './silenceForm.ts';

/** What a silence form is about: alerts to be silenced, or a silence to be changed; one that has ended is made anew. */
export interface SilenceFormParts {
  readonly alerts: readonly AlertView[];
  readonly silence?: SilenceView | undefined;
  readonly onDone: () => void;
}

interface WantedSilence {
  readonly matchers: Matcher[];
  readonly comment: string;
  readonly endsAt: EpochMs;
}

interface Saved {
  readonly silence: SilenceView;
  readonly replaced: string | null;
}

/** State of the silence form, from the first look to the answer of the engine. */
export function useSilenceForm({ alerts, silence, onDone }: SilenceFormParts) {
  const { timeZone } = useDisplay();
  const edited = silence?.state === 'expired' ? undefined : silence;
  const [matchers, setMatchers] = useState<readonly Matcher[]>(() => silence?.matchers ?? commonMatchers(alerts));
  const [expiry, setExpiry] = useState(() => startExpiry(edited?.endsAt, { now: Date.now(), timeZone }));
  const [comment, setComment] = useState(silence?.comment ?? '');
  const [tried, setTried] = useState(false);
  const second = useNow((now) => Math.floor(now / 1000) * 1000);
  const save = useSave(edited, timeZone);
  const read = (now: number) => ({ matchers, comment, endsAt: expiryOf(expiry, { now, timeZone }, edited?.endsAt) });
  const refused = (save.error?.errors ?? []).map(({ path, message }) => [path, message] as const);
  return {
    ...{ matchers, setMatchers, expiry, setExpiry, comment, setComment, save, edited },
    /** When the silence would end if it were saved now. */
    endsAt: read(second).endsAt,
    /** The silence would end and another take its place. */
    isReplaced: edited !== undefined && !sameMatchers(edited.matchers, matchers),
    /** By field; nothing is wrong with a form that nobody has tried to send. */
    problems: new Map([...(tried ? silenceProblems(read(second), second) : []), ...refused]),
    submit(event: SyntheticEvent): void {
      event.preventDefault();
      setTried(true);
      const now = Date.now();
      const { endsAt } = read(now);
      if (endsAt !== undefined && silenceProblems(read(now), now).size === 0) {
        save.mutate({ matchers: [...matchers], comment: comment.trim(), endsAt }, { onSuccess: onDone });
      }
    },
  };
}

function useSave(edited: SilenceView | undefined, timeZone: string) {
  const expire = useChange(expireSilence, {
    done: () => t('alerts.use-silence-form.silence-ended', 'Silence ended'),
    failed: t('alerts.use-silence-form.the-silence-was-not-ended', 'The silence was not ended'),
  });
  const restore = useChange(updateSilence, {
    done: () => t('alerts.use-silence-form.the-silence-is-as-it', 'The silence is as it was before'),
    failed: t('alerts.use-silence-form.the-change-was-not-undone', 'The change was not undone'),
  });
  return useAction(
    async (client, wanted: WantedSilence): Promise<Saved> =>
      edited === undefined
        ? { ...(await client.call(createSilence, wanted)), replaced: null }
        : client.call(updateSilence, { ...wanted, id: edited.id }),
    ['silences'],
    {
      quiet: true,
      done({ silence: { id, endsAt }, replaced }): Notice {
        const until = formatAbsolute(endsAt, timeZone);
        if (edited === undefined) {
          return {
            message: t('alerts.use-silence-form.silenced-until', 'Silenced until {{until}}', { until }),
            undo: () => expire.mutate({ id }),
          };
        }
        const { matchers, comment, endsAt: before } = edited;
        return {
          message:
            replaced === null
              ? t('alerts.use-silence-form.silence-changed-until', 'Silence changed: until {{until}}', { until })
              : t(
                  'alerts.use-silence-form.the-silence-ended-and-one',
                  'The silence ended, and a new one with the new matchers started: until {{until}}',
                  { until }
                ),
          undo: () => restore.mutate({ id, matchers, comment, endsAt: before }),
        };
      },
    }
  );
}
