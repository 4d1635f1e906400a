export const behaviourModes = ['ok', '429', '500', 'slow', 'hang', 'half'] as const;

export type BehaviourMode = (typeof behaviourModes)[number];

/** How the inbox answers: for trying what a sender does when its receiver is not well. */
export interface Behaviour {
  readonly mode: BehaviourMode;
  /** How many more requests are answered so before it is `ok` again; absent: until it is changed. */
  readonly times?: number;
  /** Milliseconds that `slow` waits. */
  readonly delayMs: number;
  /** Seconds that `429` asks to wait. */
  readonly retryAfter: number;
}

export const wellBehaved: Behaviour = { mode: 'ok', delayMs: 3_000, retryAfter: 1 };

const limits = { times: 10_000, delayMs: 120_000, retryAfter: 3_600 } as const;

/** @returns the behaviour, or a sentence that says which field is wrong and what was expected */
export function parseBehaviour(input: unknown): Behaviour | string {
  const fields = typeof input === 'object' && input !== null ? new Map(Object.entries(input)) : new Map();
  const mode = behaviourModes.find((known) => known === fields.get('mode'));
  if (mode === undefined) {
    return `The mode is ${JSON.stringify(fields.get('mode')) ?? 'missing'}: expected one of ${behaviourModes.join(', ')}.`;
  }
  const numbers: Partial<Record<keyof typeof limits, number>> = {};
  for (const name of ['times', 'delayMs', 'retryAfter'] as const) {
    const value: unknown = fields.get(name);
    if (value === undefined) {
      continue;
    }
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > limits[name]) {
      return `The field ${name} is ${JSON.stringify(value)}: expected a whole number from 1 to ${limits[name]}.`;
    }
    numbers[name] = value;
  }
  return { ...wellBehaved, ...numbers, mode };
}

/** Holds the present behaviour and counts it down. */
export class BehaviourSwitch {
  #current: Behaviour = wellBehaved;

  get(): Behaviour {
    return this.#current;
  }

  set(behaviour: Behaviour): void {
    this.#current = behaviour;
  }

  /** The behaviour for one request. */
  take(): Behaviour {
    const taken = this.#current;
    if (taken.times !== undefined) {
      this.#current = taken.times > 1 ? { ...taken, times: taken.times - 1 } : wellBehaved;
    }
    return taken;
  }
}
