import type { Json } from '../../src/core/json.ts';
import { EngineError, type FieldError } from '../errors.ts';
import { email } from './email.ts';
import { checkUrl, type EgressPolicy } from './guard.ts';
import { pagerduty } from './pagerduty.ts';
import type { ReceiverSettings } from './receiver.ts';
import type { ReceiverKind } from './receiverKind.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

/** Every kind of receiver. A new one is a file and a line here. */
export const RECEIVERS = { webhook, slack, email, pagerduty } as const satisfies Record<string, ReceiverKind>;
export type ReceiverKindName = keyof typeof RECEIVERS;

export const secretNames = (kind: ReceiverKindName): readonly string[] =>
  RECEIVERS[kind].fields.filter(({ secret }) => secret).map(({ name }) => name);

/** What is wrong with settings that somebody wants to save, the outbound guard's refusals included. Never repeats a value. */
export function checkSettings(
  kind: ReceiverKindName,
  settings: ReceiverSettings,
  policy: EgressPolicy
): readonly FieldError[] {
  const { check, urlSettings } = RECEIVERS[kind];
  const errors = check(settings);
  return errors.length > 0 ? errors : urlSettings.flatMap((name) => checkAddress(name, settings[name], policy));
}

function checkAddress(name: string, value: Json | undefined, policy: EgressPolicy): readonly FieldError[] {
  if (typeof value !== 'string') {
    return [];
  }
  try {
    checkUrl(value, policy);
    return [];
  } catch (error) {
    if (error instanceof EngineError) {
      return [{ path: `settings.${name}`, message: error.message }];
    }
    throw error;
  }
}

export interface SplitSettings {
  /** To be stored and shown as they are. */
  readonly settings: ReceiverSettings;
  /** To be encrypted before they are stored. */
  readonly secrets: ReceiverSettings;
}

export function splitSecrets(kind: ReceiverKindName, all: ReceiverSettings): SplitSettings {
  const names = new Set(secretNames(kind));
  const entries = Object.entries(all);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !names.has(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => names.has(name))),
  };
}
