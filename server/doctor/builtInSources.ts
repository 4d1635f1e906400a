import type { Settings } from '../config.ts';
import { builtInSources as definitionsOf } from '../sources/createSources.ts';
import { headersOf, withoutCredentials } from '../sources/httpStore.ts';
import type { SourceDefinition } from '../sources/openSource.ts';

/** A source of the deployment's own settings, and how it is asked directly. */
export interface BuiltInSource extends SourceDefinition {
  /** Its address without credentials. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const builtInSources = (settings: Settings): readonly BuiltInSource[] =>
  definitionsOf(settings).map((definition) => ({
    ...definition,
    base: withoutCredentials(definition.url),
    headers: headersOf(definition),
  }));
