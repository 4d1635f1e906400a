import { Writable } from 'node:stream';
import pino, { type Level, type Logger } from 'pino';

export interface CapturedLog {
  readonly log: Logger;
  /** What was logged, the oldest first. */
  readonly lines: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** A log that a test can read. */
export function captureLog(level: Level): CapturedLog {
  const lines: Array<Record<string, unknown>> = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { log: pino({ level }, stream), lines };
}
