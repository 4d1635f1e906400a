import type { Outcome } from './outcome.ts';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Below the repository's root. */
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a step gets to work with. */
export interface StepContext {
  readonly root: string;
  /** For result files; made afresh for each run. */
  readonly reports: string;
  readonly signal: AbortSignal;
  /** Runs a program to its end with its output in the step's log; gives the exit code, 1 when it could not be started. */
  readonly run: (command: Command) => Promise<number>;
  /** A line for the person who waits. */
  readonly note: (line: string) => void;
}

export interface Step {
  readonly name: string;
  readonly title: string;
  readonly run: (context: StepContext) => Promise<Outcome>;
}

/** A tool of node_modules, run by the Node that runs us: the machine's own may be too old for it. */
export const tool = (script: string, args: readonly string[]): Command => ({
  file: process.execPath,
  args: [`node_modules/${script}`, ...args],
});
