import type { Unit } from './catalogue.ts';

/** Three digits that matter, without trailing zeros: 1.2, 41, 0.312, 1250. */
function digits(value: number): string {
  const size = Math.abs(value);
  const decimals = size === 0 || size >= 100 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  return String(Number(value.toFixed(Math.min(decimals, 9))));
}

interface Step {
  readonly suffix: string;
  /** How much of the base unit one of it is. */
  readonly size: number;
}

const TIME: readonly Step[] = [
  { suffix: ' d', size: 86_400 },
  { suffix: ' h', size: 3600 },
  { suffix: ' min', size: 60 },
  { suffix: ' s', size: 1 },
  { suffix: ' ms', size: 0.001 },
  { suffix: ' µs', size: 0.000_001 },
];

const BINARY: readonly Step[] = ['TiB', 'GiB', 'MiB', 'KiB', 'B'].map((name, index) => ({
  suffix: ` ${name}`,
  size: 1024 ** (4 - index),
}));

const COUNT: readonly Step[] = [
  { suffix: ' G', size: 1e9 },
  { suffix: ' M', size: 1e6 },
  { suffix: ' k', size: 1e4 / 10 },
  { suffix: '', size: 1 },
];

/** The largest step that leaves one or more; the smallest for what is below them all. */
function scaled(value: number, steps: readonly Step[]): string {
  const size = Math.abs(value);
  // Rounds before choosing: 999.9 ms is 1 s, not 1000 ms.
  const step = steps.find((candidate) => Number((size / candidate.size).toPrecision(3)) >= 1) ?? steps.at(-1);
  return step === undefined || value === 0 ? zeroOf(steps) : `${digits(value / step.size)}${step.suffix}`;
}

const zeroOf = (steps: readonly Step[]): string => `0${steps.find((step) => step.size === 1)?.suffix ?? ''}`;

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  seconds: (value) => scaled(value, TIME),
  ratio: (value) => `${digits(value * 100)} %`,
  per_second: (value) => `${scaled(value, COUNT)}/s`,
  bytes: (value) => scaled(value, BINARY),
  bytes_per_second: (value) => `${scaled(value, BINARY)}/s`,
  count: (value) => scaled(value, COUNT),
  none: digits,
};

/** A value for people, to three digits: `1.21 s`, `800 ms`, `4.1 %`, `41/s`, `1.2 GiB`. What is no number is `no value`. */
export function formatValue(value: number | null, unit: Unit): string {
  if (value === null || Number.isNaN(value)) {
    return 'no value';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '-∞';
  }
  return FORMATS[unit](value);
}
