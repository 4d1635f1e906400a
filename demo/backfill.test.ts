import fc from 'fast-check';
import { backfillOpenMetrics } from './backfill.ts';

const hour = 3_600_000;
const from = Date.parse('2026-01-01T10:00:00Z');
const options = { from, to: from + 2 * hour, stepMs: 15_000 };

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
  readonly at: number;
}

interface Parsed {
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_count', '_sum'],
};

/** Reads OpenMetrics 1.0 as strictly as its consumers do: grouped families, known suffixes, `# EOF` at the end. */
function parseOpenMetrics(lines: readonly string[]): Parsed {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  let family = '';
  expect(lines.at(-1)).toBe('# EOF');
  for (const line of lines.slice(0, -1)) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? [];
    if (name !== '') {
      expect(types.has(name)).toBe(false);
      types.set(name, type);
      family = name;
    } else if (!line.startsWith(`# HELP ${family} `)) {
      samples.push(parseSample(line, family, suffixes[types.get(family) ?? ''] ?? []));
    }
  }
  return { types, samples };
}

const samplePattern = /^([a-z_]+)\{((?:[a-z_]+="[^"\\]*",?)+)\} (-?[\d.]+(?:e[+-]?\d+)?) (\d+\.\d{3})$/;

function parseSample(line: string, family: string, allowed: readonly string[]): Sample {
  const [, name, labels, value, at] = samplePattern.exec(line) ?? [];
  if (name === undefined || labels === undefined || !allowed.some((suffix) => name === family + suffix)) {
    throw new Error(`Not a sample of ${family}: ${line}`);
  }
  return { name, labels, value: Number(value), at: Number(at) };
}

function groupSeries({ samples }: Parsed): Map<string, Sample[]> {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.name}{${sample.labels}}`;
    const known = series.get(key);
    if (known === undefined) {
      series.set(key, [sample]);
    } else {
      known.push(sample);
    }
  }
  return series;
}

function expectValid(parsed: Parsed): void {
  for (const [key, samples] of groupSeries(parsed)) {
    const counts = /(_total|_bucket|_count|_sum)\{/.test(key);
    for (const [index, sample] of samples.slice(1).entries()) {
      const before = samples[index];
      if (before === undefined || sample.at <= before.at || (counts && sample.value < before.value)) {
        throw new Error(`${key} goes from ${before?.value} at ${before?.at} to ${sample.value} at ${sample.at}`);
      }
    }
  }
}

/** Every histogram at every moment: buckets do not fall, and `+Inf` is the count. */
function expectCumulative({ samples }: Parsed): number {
  let checked = 0;
  let buckets: Sample[] = [];
  for (const sample of samples) {
    if (sample.name.endsWith('_bucket')) {
      buckets.push(sample);
    } else if (sample.name.endsWith('_count')) {
      const values = buckets.map(({ value }) => value);
      if (values.some((value, index) => value < (values[index - 1] ?? 0)) || values.at(-1) !== sample.value) {
        throw new Error(`${sample.labels} at ${sample.at}: ${values.join(' ')} of ${sample.value}`);
      }
      buckets = [];
      checked++;
    }
  }
  return checked;
}

describe('backfillOpenMetrics', () => {
  const parsed = parseOpenMetrics([...backfillOpenMetrics(options)]);

  it('is OpenMetrics with monotone counters and cumulative buckets', () => {
    expectValid(parsed);
    expect(expectCumulative(parsed)).toBe(24 * 481);
  });

  it('has the families of the live shop, every series marked as generated', () => {
    expect(Object.fromEntries(parsed.types)).toEqual({
      http_server_request_duration_seconds: 'histogram',
      job_duration_seconds: 'histogram',
      jobs: 'counter',
      process_cpu_seconds: 'counter',
      process_resident_memory_bytes: 'gauge',
      process_network_receive_bytes: 'counter',
      process_network_transmit_bytes: 'counter',
      queue_depth: 'gauge',
      queue_oldest_age_seconds: 'gauge',
    });
    const marked = /^service_name="[a-z]+",version="1\.0\.0",generated="true"/;
    expect(parsed.samples.filter(({ labels }) => !marked.test(labels))).toEqual([]);
  });

  it('covers the span, gauges all but the last five minutes of it', () => {
    const times = parsed.samples.map(({ at }) => at);
    expect(Math.min(...new Set(times))).toBe(options.from / 1_000);
    expect(Math.max(...new Set(times))).toBe(options.to / 1_000);
    const gauges = parsed.samples.filter(({ name }) => name === 'process_resident_memory_bytes');
    expect(Math.max(...gauges.map(({ at }) => at))).toBe(options.to / 1_000 - 300);
  });

  it('has an incident in which checkout takes more than 0.8 s, and is fast before it', () => {
    const slow = getShareAbove(parsed, { bound: '0.75', fromShare: 0.19, toShare: 0.23 });
    const fast = getShareAbove(parsed, { bound: '0.25', fromShare: 0.05, toShare: 0.15 });
    expect(slow).toBeGreaterThan(0.9);
    expect(fast).toBeLessThan(0.01);
  });

  it('is the same for the same span', () => {
    const short = { from, to: from + 60_000, stepMs: 5_000 };
    expect([...backfillOpenMetrics(short)]).toEqual([...backfillOpenMetrics(short)]);
  });

  it('is valid for any span and step', () => {
    const spans = fc.record({
      from: fc.integer({ min: 0, max: 2_000_000_000_000 }),
      length: fc.integer({ min: 1, max: 2 * hour }),
      steps: fc.integer({ min: 1, max: 30 }),
    });
    const check = ({ from: begin, length, steps }: { from: number; length: number; steps: number }) => {
      const stepMs = Math.max(1, Math.floor(length / steps));
      const some = parseOpenMetrics([...backfillOpenMetrics({ from: begin, to: begin + length, stepMs })]);
      expectValid(some);
      expectCumulative(some);
    };
    fc.assert(fc.property(spans, check), { numRuns: 25 });
  });

  it.each([
    { from, to: from, stepMs: 1_000 },
    { from, to: from + 1_000, stepMs: 0 },
    { from, to: from + 1_000, stepMs: Number.NaN },
  ])('refuses %j', (wrong) => {
    expect(() => [...backfillOpenMetrics(wrong)]).toThrow('A history needs `to` after `from` and a step above 0 ms.');
  });
});

/** The share of checkout's requests above a bucket's bound, between two points of the history. */
function getShareAbove(parsed: Parsed, range: { bound: string; fromShare: number; toShare: number }): number {
  const grow = (name: string, more: string) => {
    const series = parsed.samples.filter(
      (sample) =>
        sample.name === `http_server_request_duration_seconds_${name}` &&
        sample.labels.includes('service_name="checkout"') &&
        sample.labels.includes('status_code="201"') &&
        sample.labels.includes(more)
    );
    const pick = (share: number) => series[Math.round(share * (series.length - 1))]?.value ?? Number.NaN;
    return pick(range.toShare) - pick(range.fromShare);
  };
  return 1 - grow('bucket', `le="${range.bound}"`) / grow('count', '');
}
