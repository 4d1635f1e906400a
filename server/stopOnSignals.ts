import { messageOf } from './errors.ts';

interface Program {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
}

/** Stops the engine at the first signal: the code is 0 when all of it ended well, else 1, with a line that says why. */
export function stopOnSignals(engine: { stop(): Promise<void> }, program: Program): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) {
      // Asked twice: the person does not want to wait.
      program.exit(130);
      return;
    }
    stopping = true;
    try {
      await engine.stop();
      program.exit(0);
    } catch (error) {
      // Of several parts that fail it holds the last, and that the one before.
      const told: unknown = error instanceof SuppressedError ? error.error : error;
      program.stderr.write(`The engine did not stop as it should: ${messageOf(told)}\n`);
      program.exit(1);
    }
  };
  program.on('SIGINT', () => void stop());
  program.on('SIGTERM', () => void stop());
}
