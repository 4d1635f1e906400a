import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONTRACTS } from '../../src/api/contracts.ts';
import { listMetrics, REFERENCE } from './reference.ts';

const folder = path.join(import.meta.dirname, '../../docs/reference');

describe('the reference', () => {
  it.each(Object.keys(REFERENCE))('is up to date in %s; npm run docs writes it', (file) => {
    expect(readFileSync(path.join(folder, file), 'utf8')).toBe(REFERENCE[file]?.());
  });

  it('names every operation with what it takes', () => {
    const text = REFERENCE['api.md']?.() ?? '';
    expect(CONTRACTS.filter(({ name }) => !text.includes(`## ${name}\n`))).toEqual([]);
    expect(text).toContain('`POST /api/v1/backups`, for the role admin; answers 202.');
    expect(text).toMatch(/## createToken[^#]*\| `scope` \| "intake" or "read" or "write" or "admin" \| yes \|/);
  });
});

describe('metrics', () => {
  const own = listMetrics().filter(({ name }) => name.startsWith('pharos_'));

  it('say in a sentence what they are', () => {
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter(({ help }) => !/^[A-Z0-9].*\.$/.test(help))).toEqual([]);
  });

  it('are named as OpenMetrics has it: counters end on _total, nothing else does, and units are base units', () => {
    const wrong = own.filter(({ name, type }) => (type === 'counter') !== name.endsWith('_total'));
    expect(wrong).toEqual([]);
    expect(own.filter(({ name }) => /_(ms|milliseconds|minutes|hours|kb|mb|percent)(_|$)/.test(name))).toEqual([]);
    expect(own.filter(({ name, type }) => type === 'histogram' && !/_(seconds|bytes)$/.test(name))).toEqual([]);
  });

  it('carry no namespace, as they may be read without identity', () => {
    expect(listMetrics().filter(({ labels }) => labels.includes('namespace'))).toEqual([]);
  });
});
