import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JobQueue } from './jobQueue.ts';

describe('JobQueue', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'job-queue-'));
    file = path.join(directory, 'queue.sqlite');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('hands jobs on in order, with their trace, to one taker each', () => {
    const producer = new JobQueue(file);
    const consumer = new JobQueue(file);
    producer.add('order-1', { traceparent: '00-a-b-01' }, 1_000);
    producer.add('order-2', {}, 2_000);
    expect(consumer.getDepth()).toBe(2);
    expect(consumer.getOldestAgeSeconds(4_500)).toBe(3.5);
    expect(consumer.take(3_000, 30_000)).toMatchObject({
      orderId: 'order-1',
      trace: { traceparent: '00-a-b-01' },
      attempt: 1,
    });
    expect(consumer.take(3_000, 30_000)).toMatchObject({ orderId: 'order-2' });
    expect(consumer.take(3_000, 30_000)).toBeUndefined();
    producer.close();
    consumer.close();
  });

  it('gives a job again when its lease has run out or it was put back, and never when it is finished', () => {
    const queue = new JobQueue(file);
    queue.add('order-1', {}, 0);
    const first = queue.take(0, 30_000);
    expect(queue.take(29_999, 30_000)).toBeUndefined();
    expect(queue.take(30_000, 30_000)).toMatchObject({ orderId: 'order-1', attempt: 2 });
    queue.retry(first?.id ?? 0, 40_000);
    expect(queue.take(39_999, 30_000)).toBeUndefined();
    expect(queue.take(40_000, 30_000)).toMatchObject({ attempt: 3 });
    queue.finish(first?.id ?? 0);
    expect(queue.take(1_000_000, 30_000)).toBeUndefined();
    expect(queue.getDepth()).toBe(0);
    expect(queue.getOldestAgeSeconds(1_000_000)).toBe(0);
    queue.close();
  });

  it('can be opened by several programs at the same moment, although it is new', async () => {
    // Each has read the program before any of them opens the file.
    const program = `
      const { JobQueue } = await import(process.argv[1]);
      process.stdout.write('ready');
      process.stdin.once('data', () => {
        new JobQueue(process.argv[2]).add('order', {}, 0);
        process.exit();
      });`;
    const module = path.join(import.meta.dirname, 'jobQueue.ts');
    for (const round of [1, 2, 3, 4, 5]) {
      const args = ['--input-type=module', '--eval', program, module, `${file}-${round}`];
      const programs = Array.from({ length: 6 }, () => spawn(process.execPath, args));
      await Promise.all(programs.map(({ stdout }) => once(stdout, 'data')));
      programs.forEach(({ stdin }) => stdin.write('go'));
      const ends = await Promise.all(programs.map((child) => once(child, 'exit')));
      expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });
});
