import { parseDuration, type DurationMs } from '../../core/units.ts';
import { t } from '../../i18n/t.ts';

export type ParsedHold =
  { readonly ok: true; readonly value: DurationMs } | { readonly ok: false; readonly message: string };

/** Reads a duration as people write it: `10 s`, `1 h 30 min`, `5m`. A number alone would leave the unit to chance. */
export function parseHold(text: string): ParsedHold {
  const compact = text.toLowerCase().replaceAll(/\s/g, '').replaceAll('min', 'm').replaceAll('sec', 's');
  const value = compact === '' ? undefined : parseDuration(compact);
  if (value !== undefined) {
    return { ok: true, value };
  }

  return {
    ok: false,
    message:
      compact === ''
        ? t('thresholds.parse-hold.enter', 'Enter a duration such as 10 s, 5 m or 1 h 30 m; 0 fires at once.')
        : t(
            'thresholds.parse-hold.no-duration',
            '“{{text}}” is not a valid duration: enter one such as 10 s, 5 m or 1 h 30 m; 0 fires at once.',
            { text: text.trim() }
          ),
  };
}
