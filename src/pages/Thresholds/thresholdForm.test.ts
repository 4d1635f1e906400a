import { formatHold } from '../../core/formatSpan.ts';
import { minutes, seconds } from '../../core/units.ts';
import { parseHold } from './parseHold.ts';
import {
  EMPTY_FORM,
  fieldOf,
  formOf,
  formReducer,
  prefilledForm,
  readForm,
  type ThresholdForm,
} from './thresholdForm.ts';

const form: ThresholdForm = {
  ...prefilledForm({ service: 'checkout', signal: 'latency_p95' }),
  warning: '300 ms',
  critical: '0.8',
  for: '10 s',
  owner: 'shop',
  runbookUrl: 'https://wiki.example.com/checkout',
};
const errorsOf = (change: Partial<ThresholdForm>) => {
  const read = readForm({ ...form, ...change });
  return read.ok ? {} : read.errors;
};

describe('parseHold', () => {
  it.each([
    ['10 s', 10_000],
    ['10sec', 10_000],
    ['5 min', 300_000],
    ['1 h 30 m', 5_400_000],
    ['0', 0],
  ])('reads %s', (text, value) => {
    expect(parseHold(text)).toEqual({ ok: true, value });
  });

  it('reads what it writes', () => {
    expect(formatHold(minutes(90))).toBe('1 h 30 m');
    expect(parseHold(formatHold(seconds(3725)))).toEqual({ ok: true, value: 3_725_000 });
    expect(formatHold(seconds(0))).toBe('0 s');
  });

  it('asks for a unit', () => {
    expect(parseHold('10')).toEqual({
      ok: false,
      message: '“10” is not a valid duration: enter one such as 10 s, 5 m or 1 h 30 m; 0 fires at once.',
    });
    expect(parseHold(' ')).toEqual({
      ok: false,
      message: 'Enter a duration such as 10 s, 5 m or 1 h 30 m; 0 fires at once.',
    });
  });
});

describe('readForm', () => {
  it('gives what the form says, in base units', () => {
    expect(readForm(form)).toEqual({
      ok: true,
      draft: {
        service: 'checkout',
        signal: 'latency_p95',
        direction: 'above',
        unit: 'seconds',
        warning: 0.3,
        critical: 0.8,
        for: seconds(10),
        owner: 'shop',
        runbookUrl: 'https://wiki.example.com/checkout',
        enabled: true,
        labels: {},
      },
    });
  });

  it('names every field of an empty form that needs something', () => {
    const read = readForm(EMPTY_FORM);
    expect(read.ok ? {} : read.errors).toEqual({
      service: 'Choose a service, or * for every service.',
      signal: 'Choose what to watch.',
    });
  });

  it.each([
    [{ warning: '', critical: '' }, { warning: 'Expected a warning level, a critical level or both.' }],
    [{ warning: 'slow' }, { warning: '“slow” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.' }],
    [
      { warning: 'slow', critical: '' },
      { warning: '“slow” is not a valid level: enter a time such as 300 ms, 1.2 s or 5 min.' },
    ],
    [
      { critical: '200 ms' },
      { critical: 'Expected a critical level above the warning level of 300 ms, as the alert is for values above it.' },
    ],
    [{ warning: '-1 s' }, { warning: 'Expected 0 or more.' }],
    [{ for: '2 d' }, { for: 'Expected a duration from 0s to 24h.' }],
    [{ runbookUrl: 'wiki/checkout' }, { runbookUrl: 'Expected an http or https address.' }],
    [{ runbookUrl: 'javascript:alert(1)' }, { runbookUrl: 'Expected an http or https address.' }],
    [
      { service: 'check*' },
      { service: '"check*" is not a pattern: expected one service by its whole name, or * alone for every service.' },
    ],
    [{ labels: [{ name: '', value: 'shop' }] }, { labels: 'Give each label a name, or remove it.' }],
    [
      { labels: [{ name: '1st', value: '' }] },
      { labels: '“1st” is not a valid label name: enter letters, digits and _, not starting with a digit.' },
    ],
    [
      { labels: [{ name: 'severity', value: 'x' }] },
      { labels: 'The label severity is set by the threshold itself: choose another name.' },
    ],
    [
      {
        labels: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      { labels: 'The label a appears twice.' },
    ],
    [{ signal: 'expression' as const, expr: ' ' }, { expr: 'Expected a PromQL expression.' }],
  ])('says what is wrong with %j', (change, errors) => {
    expect(errorsOf(change)).toEqual(errors);
  });

  it('leaves out labels that were never filled in', () => {
    const read = readForm({
      ...form,
      labels: [
        { name: '', value: ' ' },
        { name: 'team', value: 'shop' },
      ],
    });
    expect(read.ok && read.draft.labels).toEqual({ team: 'shop' });
  });

  it('reads back what it shows of a threshold', () => {
    const spec = {
      service: '*',
      signal: { expr: 'vector(1)' },
      direction: 'below',
      warning: 0.123456,
      critical: null,
      unit: 'ratio',
      for: minutes(90),
      owner: '',
      runbookUrl: '',
      labels: { team: 'shop' },
      enabled: false,
    } as const;
    expect(readForm(formOf(spec))).toEqual({ ok: true, draft: spec });
  });
});

describe('formReducer', () => {
  it('takes the unit and direction of a new signal, and drops levels of another unit', () => {
    const next = formReducer(form, { kind: 'signal', signal: 'disk_free' });
    expect(next).toMatchObject({ signal: 'disk_free', unit: 'ratio', direction: 'below', warning: '', critical: '' });
    expect(formReducer(form, { kind: 'signal', signal: 'latency_p99' })).toMatchObject({
      warning: '300 ms',
      unit: 'seconds',
    });
  });
});

describe('prefilledForm', () => {
  it('ignores a signal nobody knows', () => {
    expect(prefilledForm({ service: 'cart', signal: 'colour' })).toMatchObject({ service: 'cart', signal: '' });
  });

  it('takes an expression with its unit, where no signal is named', () => {
    const expr = 'sum(rate(orders_total[5m]))';
    const form = prefilledForm({ expr, unit: 'per_second', reason: 'From the panel "Orders"' });
    expect(form).toMatchObject({ signal: 'expression', expr, unit: 'per_second', reason: 'From the panel "Orders"' });
    expect(prefilledForm({ expr, unit: 'furlongs' }).unit).toBe('none');
    expect(prefilledForm({ expr, signal: 'latency_p95' })).toMatchObject({ signal: 'latency_p95', expr: '' });
  });
});

describe('fieldOf', () => {
  it.each([
    ['warning', 'warning'],
    ['labels.team', 'labels'],
    ['signal', 'expr'],
    ['signal.expr', 'expr'],
    ['items[0]', 'service'],
  ])('puts an error at %s beside %s', (path, field) => {
    expect(fieldOf(path, { signal: 'expression' })).toBe(field);
  });
});
