import { createSilence, expireSilence, updateSilence, type SilenceView } from '../../../api/routing.ts';
import type { EpochMs } from '../../../core/units.ts';
import { useAction, useChange } from '../../../host/useChange.ts';
import { t } from '../../../i18n/t.ts';
import { useDisplay } from '../../../ui/display.ts';
import { formatAbsolute } from '../../../ui/formatTime.ts';

interface Extension {
  readonly silence: SilenceView;
  readonly endsAt: EpochMs;
}

const inputOf = ({ id, matchers, comment, endsAt }: SilenceView) => ({ id, matchers, comment, endsAt });

/** What a person can do to a silence without a form. Each says how it went, and offers to take it back. */
export function useSilenceActs() {
  const { timeZone } = useDisplay();
  const silenceAgain = useChange(createSilence, {
    done: () => t('alerts.use-silence-acts.silenced-again', 'Silenced again'),
    failed: t('alerts.use-silence-acts.the-silence-was-not-restored', 'The silence was not restored'),
  });
  const end = useAction((client, { id }: SilenceView) => client.call(expireSilence, { id }), ['silences'], {
    failed: t('alerts.use-silence-acts.the-silence-was-not-ended', 'The silence was not ended'),
    done: (_, { matchers, endsAt, comment }) => ({
      message: t('alerts.use-silence-acts.silence-ended', 'Silence ended'),
      undo: () => silenceAgain.mutate({ matchers, endsAt, comment }),
    }),
  });
  const shorten = useChange(updateSilence, {
    done: ({ silence }) =>
      t('alerts.use-silence-acts.silenced-until-as-before', 'Silenced until {{time}}, as before', {
        time: formatAbsolute(silence.endsAt, timeZone),
      }),
    failed: t('alerts.use-silence-acts.the-end-was-not-put', 'The end time was not restored'),
  });
  const extend = useAction(
    (client, { silence, endsAt }: Extension) => client.call(updateSilence, { ...inputOf(silence), endsAt }),
    ['silences'],
    {
      failed: t('alerts.use-silence-acts.the-silence-was-not-extended', 'The silence was not extended'),
      done: ({ silence: { endsAt } }, { silence }) => ({
        message: t('alerts.use-silence-acts.silence-extended-until', 'Silence extended: until {{time}}', {
          time: formatAbsolute(endsAt, timeZone),
        }),
        undo: () => shorten.mutate(inputOf(silence)),
      }),
    }
  );
  return { end: end.mutate, extend: extend.mutate };
}
