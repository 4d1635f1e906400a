import type { Plugin } from './manifest.ts';
import type { PluginFolder } from './pluginFolder.ts';

export interface Subject {
  readonly files: PluginFolder;
  /** The app first. */
  readonly plugins: readonly Plugin[];
  /** Systems that a back half must be there for, as Go names them: `linux_amd64`. */
  readonly platforms: readonly string[];
}

/** Pure; returns a sentence for each thing that is not as Grafana's catalogue wants it. */
export type Check = (subject: Subject) => readonly string[];
