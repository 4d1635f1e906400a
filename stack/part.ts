export type PartName = 'prometheus' | 'loki' | 'tempo' | 'grafana';

/** Architecture as Go and the vendors' archives name it. */
export type Architecture = 'amd64' | 'arm64';

/** How a Go module of ours below `stack/tools` is turned into the part's programs. */
export interface GoBuild {
  /** Folder below `stack/tools` with go.mod and go.sum. */
  readonly module: string;
  readonly packages: readonly string[];
  readonly tags: readonly string[];
  /** Linker variables, `importpath.Name=value`. */
  readonly variables: readonly string[];
  /** What to tell a person who waits. */
  readonly minutes: number;
}

/** A release archive and the file of SHA-256 sums that the vendor publishes beside it. */
export interface Archive {
  readonly url: string;
  readonly checksumUrl: string;
}

/** What a part is started with. Addresses are `host:port` by the names that the files in `stack/config` use. */
export interface LaunchContext {
  readonly program: string;
  /** Which one it is, where a part reads another configuration by its version. */
  readonly version: string;
  readonly dataDir: string;
  /** The rendered Prometheus configuration lies here. */
  readonly renderedDir: string;
  readonly provisioningDir: string;
  readonly pluginsDir: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly addresses: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
  /** What the person has set, such as `PROMETHEUS_RETENTION`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Launch {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** One program of the stack: what it is called, where it is found, how it is started. */
export interface Part {
  readonly name: PartName;
  readonly version: string;
  /** Said when it is not there: what is missing without it. */
  readonly brings: string;
  /** Said when it is not there: how to get it. */
  readonly advice: string;
  /** Major versions that the configuration was written for. */
  readonly majors: readonly number[];
  /** The program first, then the tools that must lie beside it. */
  readonly programs: readonly [string, ...string[]];
  readonly usualPlaces: readonly string[];
  readonly goBuild?: GoBuild;
  readonly archive: (architecture: Architecture) => Archive;
  /** Ports it listens on, by the name used in `addresses` and with the number preferred. `http` is the one it is asked on. */
  readonly ports: Readonly<Record<string, number>>;
  readonly healthPath: string;
  readonly launch: (context: LaunchContext) => Launch;
}

/** The address of a listener of the stack. Names are those of `stack/config`: `prometheus:9090`. */
export function getAddress(context: Pick<LaunchContext, 'addresses'>, name: string): string {
  const address = context.addresses.get(name);
  if (address === undefined) {
    throw new Error(`No address is known for ${name}; known are ${[...context.addresses.keys()].join(', ')}.`);
  }
  return address;
}

export function getSecret(context: Pick<LaunchContext, 'secrets'>, name: string): string {
  const secret = context.secrets.get(name);
  if (secret === undefined) {
    throw new Error(`The secret ${name} was not made before the stack was started.`);
  }
  return secret;
}
