import type { Unit } from '../../core/signals/catalogue.ts';
import { ownValue } from '../../core/ownValue.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { t } from '../../i18n/t.ts';

export type ParsedLevel =
  { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly message: string };

/** Powers of ten are shifted in the text, so that `4.1 %` is 0.041 and not 0.040999999999999995; the rest is multiplied. */
type Scale = { readonly exponent: number } | { readonly factor: number };

const DECIMAL: Readonly<Record<string, Scale>> = {
  '': { exponent: 0 },
  k: { exponent: 3 },
  m: { exponent: 6 },
  g: { exponent: 9 },
};

const TIME: Readonly<Record<string, Scale>> = {
  '': { exponent: 0 },
  ns: { exponent: -9 },
  us: { exponent: -6 },
  ms: { exponent: -3 },
  s: { exponent: 0 },
  sec: { exponent: 0 },
  m: { factor: 60 },
  min: { factor: 60 },
  h: { factor: 3600 },
  d: { factor: 86_400 },
};

const BYTES: Readonly<Record<string, Scale>> = {
  '': { exponent: 0 },
  b: { exponent: 0 },
  kb: { exponent: 3 },
  mb: { exponent: 6 },
  gb: { exponent: 9 },
  tb: { exponent: 12 },
  kib: { factor: 1024 },
  mib: { factor: 1024 ** 2 },
  gib: { factor: 1024 ** 3 },
  tib: { factor: 1024 ** 4 },
};

const perSecond = (scales: Readonly<Record<string, Scale>>): Readonly<Record<string, Scale>> => ({
  ...scales,
  ...Object.fromEntries(Object.entries(scales).map(([suffix, scale]) => [`${suffix}/s`, scale])),
});

interface Notation {
  readonly scales: Readonly<Record<string, Scale>>;
  /** Ends the sentence "Expected …". */
  readonly expected: string;
  readonly placeholder: string;
}

const NOTATIONS: Readonly<Record<Unit, Notation>> = {
  seconds: {
    scales: TIME,
    get expected() {
      return t('thresholds.parse-level.a-time-such-as-300', 'a time such as 300 ms, 1.2 s or 5 min');
    },
    placeholder: '300 ms',
  },
  ratio: {
    scales: { '': { exponent: 0 }, '%': { exponent: -2 } },
    get expected() {
      return t('thresholds.parse-level.a-share-such-as-4', 'a share such as 4 % or 0.04');
    },
    placeholder: '4 %',
  },
  per_second: {
    scales: perSecond(DECIMAL),
    get expected() {
      return t('thresholds.parse-level.a-rate-such-as-40', 'a rate such as 40/s or 1.5 k/s');
    },
    placeholder: '40/s',
  },
  bytes: {
    scales: BYTES,
    get expected() {
      return t('thresholds.parse-level.a-size-such-as-512', 'a size such as 512 MiB or 2 GB');
    },
    placeholder: '512 MiB',
  },
  bytes_per_second: {
    scales: perSecond(BYTES),
    get expected() {
      return t('thresholds.parse-level.a-rate-such-as-10', 'a rate such as 10 MiB/s');
    },
    placeholder: '10 MiB/s',
  },
  count: {
    scales: DECIMAL,
    get expected() {
      return t('thresholds.parse-level.a-number-such-as-250', 'a number such as 250 or 1.5 k');
    },
    placeholder: '250',
  },
  none: {
    scales: DECIMAL,
    get expected() {
      return t('thresholds.parse-level.a-number-such-as-250', 'a number such as 250 or 1.5 k');
    },
    placeholder: '250',
  },
};

export const levelPlaceholder = (unit: Unit): string => NOTATIONS[unit].placeholder;

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)\s*(.*)$/i;

const apply = (digits: string, scale: Scale): number =>
  'factor' in scale ? Number(digits) * scale.factor : shift(digits, scale.exponent);

function shift(digits: string, by: number): number {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(exponent) + by}`);
}

/**
 * Reads a level as people write it and gives it in the unit's base: seconds, 0–1, bytes, per second. A number alone is in the base unit.
 * Empty text is no level.
 */
export function parseLevel(text: string, unit: Unit): ParsedLevel {
  const { scales, expected } = NOTATIONS[unit];
  const trimmed = text.trim();
  if (trimmed === '') {
    return { ok: true, value: null };
  }
  const match = NUMBER.exec(trimmed);
  const suffix = (match?.[2] ?? '').replaceAll(/\s/g, '').replace(/[µμ]/, 'u').toLowerCase();
  const scale = ownValue(scales, suffix);
  if (match === null || scale === undefined) {
    return {
      ok: false,
      message: t(
        'thresholds.parse-level.is-not-understood-enter',
        '“{{text}}” is not a valid level: enter {{expected}}.',
        { text: trimmed, expected }
      ),
    };
  }
  const value = apply(match[1] ?? '', scale);
  return Number.isFinite(value)
    ? { ok: true, value }
    : {
        ok: false,
        message: t('thresholds.parse-level.too-large-enter', 'Too large: enter {{expected}}.', { expected }),
      };
}

/** What a number without a unit was taken for, such as `= 200 s`: whoever meant 200 ms sees it at once. */
export function takenFor(text: string, unit: Unit): string | undefined {
  const parsed = parseLevel(text, unit);
  const isBare = /^[-+.\d]+$/.test(text.trim());
  return isBare && unit !== 'none' && unit !== 'count' && parsed.ok && parsed.value !== null
    ? `= ${formatValue(parsed.value, unit)}`
    : undefined;
}

/** Writes a level for an input: as short as `formatValue` where that loses nothing, else to the last digit. Reading it gives the same number. */
export function formatLevel(value: number | null, unit: Unit): string {
  if (value === null) {
    return '';
  }
  const isSame = (text: string): boolean => {
    const parsed = parseLevel(text, unit);
    return parsed.ok && parsed.value === value;
  };
  const short = formatValue(value, unit);
  const precise = unit === 'ratio' ? `${Number((value * 100).toPrecision(15))} %` : String(value);
  return [short, precise].find(isSame) ?? String(value);
}
