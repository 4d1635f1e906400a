import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Deliveries, type Delivery } from './deliveries.ts';

describe('Deliveries', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'deliveries-'));
    file = path.join(directory, 'inbox', 'deliveries.jsonl');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const received = (change: Partial<Delivery> = {}) => ({
    id: 'msg_1',
    at: '2026-01-01T00:00:00.000Z',
    verified: true,
    flaw: null,
    answered: 200 as const,
    body: { a: 1 },
    ...change,
  });

  it('calls duplicate only what had been verified and accepted before', () => {
    const deliveries = new Deliveries(file);
    const duplicates = [
      received({ answered: 500 }),
      received({ verified: false, flaw: 'forged', answered: 401 }),
      received({ answered: 'half' }),
      received(),
      received(),
      received({ verified: false, flaw: 'forged', answered: 401 }),
      received({ id: 'msg_2' }),
    ].map((delivery) => deliveries.add(delivery).duplicateOf);
    expect(duplicates).toEqual([null, null, null, null, 4, null, null]);
  });

  it('keeps all over a restart, newest first, and goes on counting', () => {
    const before = new Deliveries(file);
    before.add(received());
    before.add(received({ id: 'msg_2', verified: false, flaw: 'forged', answered: 401, body: 'text' }));
    const after = new Deliveries(file);
    expect(after.getAll()).toEqual(before.getAll());
    expect(after.getAll().map(({ seq }) => seq)).toEqual([2, 1]);
    expect(after.add(received()).seq).toBe(3);
    expect(after.getAll()[0]?.duplicateOf).toBe(1);
  });

  it('reads what is whole when the last line was cut short', () => {
    new Deliveries(file).add(received());
    appendFileSync(file, '{"seq":2,"id":"msg');
    const after = new Deliveries(file);
    expect(after.getAll()).toHaveLength(1);
    after.add(received({ id: 'msg_3' }));
    expect(new Deliveries(file).getAll().map(({ id }) => id)).toEqual(['msg_3', 'msg_1']);
  });

  it('forgets all when it is cleared, on disk too', () => {
    const deliveries = new Deliveries(file);
    deliveries.add(received());
    deliveries.clear();
    expect(deliveries.getAll()).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('stays within its bounds', () => {
    const deliveries = new Deliveries(file);
    for (let index = 0; index < 4_200; index++) {
      deliveries.add(received({ id: `msg_${index}` }));
    }
    expect(deliveries.getAll().length).toBeLessThanOrEqual(4_000);
    expect(deliveries.getAll()[0]?.seq).toBe(4_200);
    expect(new Deliveries(file).getAll()).toHaveLength(2_000);
  });
});
