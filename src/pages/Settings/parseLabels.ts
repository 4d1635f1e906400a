import { parseMatcher } from '../../core/matchers.ts';
import type { Labels } from '../../core/labels.ts';
import { t } from '../../i18n/t.ts';

export type ParsedLabels =
  { readonly ok: true; readonly labels: Labels } | { readonly ok: false; readonly message: string };

/** A value may be quoted to hold spaces or commas. */
const PART = /(?:[^\s,"]|"(?:[^"\\]|\\.)*")+/g;

/** Reads `severity=critical service="check out"`, separated by spaces or commas. */
export function parseLabels(text: string): ParsedLabels {
  const labels = new Map<string, string>();
  for (const part of text.match(PART) ?? []) {
    const matcher = parseMatcher(part);
    if (matcher?.op !== '=') {
      return {
        ok: false,
        message: t(
          'settings.parse-labels.is-no-label-enter-name',
          '“{{part}}” is not a valid label: enter name=value, such as severity=critical.',
          { part }
        ),
      };
    }
    labels.set(matcher.name, matcher.value);
  }
  return { ok: true, labels: Object.fromEntries(labels) };
}
