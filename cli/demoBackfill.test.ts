import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './commands.ts';
import { planPieces } from './demoBackfill.ts';

const day = 86_400_000;
const block = '01JD0000000000000000000000';

let folder: string;
let lines: string[];
let errors: string[];

const backfill = (...argv: string[]): Promise<number> =>
  runCommand(['demo', 'backfill', '--data', folder, ...argv], {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
    environment: { PATH: path.join(folder, 'bin'), HOME: folder },
  });

/** A database with one block, and a promtool that makes one more from whatever it is given. */
function install(oldest: number, script: string): void {
  mkdirSync(path.join(folder, 'prometheus', 'tsdb', block), { recursive: true });
  writeFileSync(path.join(folder, 'prometheus', 'tsdb', block, 'meta.json'), JSON.stringify({ minTime: oldest }));
  mkdirSync(path.join(folder, 'bin'));
  for (const [name, text] of [
    ['prometheus', 'echo "prometheus, version 3.14.0"'],
    ['promtool', script],
  ]) {
    writeFileSync(path.join(folder, 'bin', name ?? ''), `#!/bin/sh\nPATH=/usr/bin:/bin\n${text}\n`);
    chmodSync(path.join(folder, 'bin', name ?? ''), 0o755);
  }
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-backfill-'));
  lines = [];
  errors = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('adds a block a day before what is there, the newest day first', async () => {
  const oldest = Date.now() - 2 * 3_600_000;
  install(
    oldest,
    `n=$(ls ${folder}/prometheus/tsdb | wc -l); d="$7/01JD000000000000000000000$n"; mkdir -p "$d"; grep -c generated "$6" > "$d/lines"; tail -1 "$6" > "$d/end"`
  );
  expect(await backfill('2d', '--step', '1h')).toBe(0);
  const blocks = readdirSync(path.join(folder, 'prometheus', 'tsdb'))
    .toSorted()
    .slice(1);
  expect(blocks.length).toBeGreaterThanOrEqual(2);
  expect(lines).toEqual([
    expect.stringMatching(/^Writing \d pieces of a day, about 1 million samples, 1 MB\.$/),
    ...blocks.map((_, index) => expect.stringContaining(`  ${index + 1} of ${blocks.length}: back to 20`)),
    'Done. Prometheus sees it within a minute.',
  ]);
  const first = path.join(folder, 'prometheus', 'tsdb', blocks.at(-1) ?? '');
  expect(Number(readFileSync(path.join(first, 'lines'), 'utf8'))).toBeGreaterThan(300);
  expect(readFileSync(path.join(first, 'end'), 'utf8')).toBe('# EOF\n');
  expect(readdirSync(path.join(folder, 'prometheus'))).toEqual(['tsdb']);
});

it('only says what it would do, when asked to', async () => {
  install(Date.now() - 7_200_000, 'exit 1');
  expect(await backfill('30d', '--dry-run')).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(
      /^Would write 30d of past up to 20\S+ to .*prometheus: 3[01] pieces of a day, about 7\d million samples, 1\d\d MB\.$/
    ),
  ]);
  expect(readdirSync(path.join(folder, 'prometheus', 'tsdb'))).toEqual([block]);
});

it('does nothing where the past reaches back far enough, and says where there is none to add to', async () => {
  expect(await backfill('1d')).toBe(1);
  expect(errors[0]).toMatch(/^There is no Prometheus with data in/);
  install(Date.now() - 3 * day, 'exit 1');
  expect(await backfill('2d')).toBe(0);
  expect(lines[0]).toMatch(/^The past reaches back to 20\S+ already\.$/);
});

it('keeps what is whole when promtool fails, and says what it said', async () => {
  install(Date.now() - 7_200_000, 'echo "no space left" >&2; exit 1');
  expect(await backfill('2d', '--step', '1h')).toBe(1);
  expect(errors).toEqual(['The past is not complete: promtool refused the generated history: no space left']);
  expect(readdirSync(path.join(folder, 'prometheus'))).toEqual(['tsdb']);
});

it('refuses what is no span', async () => {
  for (const argv of [[], ['soon'], ['1d', '2d'], ['1d', '--step', 'x']]) {
    expect(await backfill(...argv)).toBe(2);
  }
  expect(errors[0]).toMatch(/^Expected one span such as 30d/);
  expect(await backfill('--help')).toBe(0);
  expect(lines[0]).toContain('npm run demo -- backfill <span>');
});

it('cuts a span into days without gap or overlap', () => {
  const from = Date.UTC(2026, 0, 1, 12);
  const to = Date.UTC(2026, 0, 3, 6);
  expect(planPieces({ from, to })).toEqual([
    { from: Date.UTC(2026, 0, 3), to },
    { from: Date.UTC(2026, 0, 2), to: Date.UTC(2026, 0, 3) - 1 },
    { from, to: Date.UTC(2026, 0, 2) - 1 },
  ]);
  expect(planPieces({ from, to: from })).toEqual([]);
  expect(planPieces({ from: to, to: from })).toEqual([]);
});
