import type { Deps } from '../../deps.ts';
import { EngineError, type FieldError } from '../../errors.ts';
import { originOf } from '../../receivers/originOf.ts';
import { readSecrets } from '../../receivers/readSecrets.ts';
import type { ReceiverSettings } from '../../receivers/receiver.ts';
import { RECEIVERS, secretNames } from '../../receivers/receivers.ts';
import type { StoredReceiver } from '../../store/store.ts';

export type SentSettings = Readonly<
  Record<string, string | number | boolean | readonly string[] | { readonly set: boolean }>
>;

export interface Written {
  readonly name: string;
  readonly kind: StoredReceiver['kind'];
  readonly settings: SentSettings;
}

export interface Merged {
  readonly settings: ReceiverSettings;
  /** Secrets that would follow an address to another host, though nobody has given them for that; by field. */
  readonly strayed: readonly FieldError[];
}

/**
 * A secret that is left out, or comes back as the `{"set": …}` that was answered, stays as it was; an empty text removes it.
 * @throws EngineError `conflict` where those that stay were written with another key
 */
export function mergeSecrets(
  deps: Pick<Deps, 'secrets'>,
  { kind, settings }: Written,
  before: StoredReceiver | undefined
): Merged {
  const present = before?.kind === kind ? before : undefined;
  const kept = present === undefined ? {} : readSecrets(deps.secrets, present);
  if (kept === undefined) {
    throw new EngineError(
      'conflict',
      'The secrets of this receiver were written with another key: enter all of them again under a new name.'
    );
  }
  const sent = Object.entries(settings).filter(([, value]) => !isPlaceholder(value));
  const merged = Object.entries({ ...kept, ...Object.fromEntries(sent) });
  const all = Object.fromEntries(
    merged.filter(([name, value]) => !(value === '' && RECEIVERS[kind].fields.some((field) => field.name === name)))
  ) as ReceiverSettings;
  const given = new Set(sent.map(([name]) => name));
  const staying = Object.keys(kept).filter((name) => !given.has(name));
  return {
    settings: all,
    strayed: present === undefined ? [] : strayedOf(kind, staying, [{ ...present.settings, ...kept }, all]),
  };
}

const isPlaceholder = (value: SentSettings[string]): boolean => typeof value === 'object' && 'set' in value;

/** Whoever may change an address could read secrets otherwise, by having them sent to a host of their own. */
function strayedOf(
  kind: StoredReceiver['kind'],
  staying: readonly string[],
  [before, after]: readonly [ReceiverSettings, ReceiverSettings]
): readonly FieldError[] {
  const { fields, urlSettings } = RECEIVERS[kind];
  const moved = urlSettings.find((name) => originOf(before[name]) !== originOf(after[name]));
  if (moved === undefined) {
    return [];
  }
  const [from, to] = [before, after].map((settings) => originOf(settings[moved]) ?? 'the default address');
  return secretNames(kind)
    .filter((name) => staying.includes(name))
    .map((name) => {
      const isRequired = fields.some((field) => field.name === name && field.required);
      const wayOut = isRequired
        ? `enter it again for ${to}`
        : `enter it again for ${to}, or leave it empty to do without`;
      return { path: `settings.${name}`, message: `was given for ${from}: ${wayOut}` };
    });
}
