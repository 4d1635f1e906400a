/** What a command has of the outside. */
export interface Io {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One file per command; `run` returns the exit code. */
export interface Command {
  readonly summary: string;
  readonly run: (argv: readonly string[], io: Io) => Promise<number>;
}

export const processIo: Io = {
  out: (line) => console.log(line),
  error: (line) => console.error(line),
  environment: process.env,
};
