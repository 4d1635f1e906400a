import { Journal } from './journal.ts';

export interface Delivery {
  /** Counts up; no two deliveries share one. */
  readonly seq: number;
  /** The header `webhook-id`: the same for every attempt at one notification. Empty when it was missing. */
  readonly id: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly verified: boolean;
  /** Why it was not verified. */
  readonly flaw: string | null;
  /** The `seq` of an earlier delivery with this id that was verified and answered with 2xx. */
  readonly duplicateOf: number | null;
  /** The status that was sent, or `hang` and `half` where no whole answer was. */
  readonly answered: number | 'hang' | 'half';
  /** Parsed where it was JSON, else the text. */
  readonly body: unknown;
}

/** The deliveries of the inbox, kept in a file. */
export class Deliveries {
  readonly #journal: Journal<Delivery>;
  #nextSeq: number;

  constructor(file: string) {
    this.#journal = new Journal(file, parseDelivery);
    this.#nextSeq = 1 + Math.max(0, ...this.#journal.getAll().map(({ seq }) => seq));
  }

  add(received: Omit<Delivery, 'seq' | 'duplicateOf'>): Delivery {
    const duplicateOf = received.verified ? this.#findAccepted(received.id) : null;
    const delivery = { seq: this.#nextSeq++, ...received, duplicateOf };
    this.#journal.add(delivery);
    return delivery;
  }

  /** Newest first. */
  getAll(): readonly Delivery[] {
    return this.#journal.getAll().toReversed();
  }

  clear(): void {
    this.#journal.clear();
  }

  #findAccepted(id: string): number | null {
    const first = this.#journal
      .getAll()
      .find((earlier) => earlier.id === id && earlier.verified && isAccepted(earlier.answered));
    return first?.seq ?? null;
  }
}

function isAccepted(answered: Delivery['answered']): boolean {
  return typeof answered === 'number' && answered >= 200 && answered < 300;
}

function parseDelivery(line: unknown): Delivery | undefined {
  if (typeof line !== 'object' || line === null) {
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(line));
  const { seq, id, at } = { seq: fields.get('seq'), id: fields.get('id'), at: fields.get('at') };
  if (typeof seq !== 'number' || typeof id !== 'string' || typeof at !== 'string') {
    return undefined;
  }
  const flaw = fields.get('flaw');
  const duplicateOf = fields.get('duplicateOf');
  const answered = fields.get('answered');
  return {
    seq,
    id,
    at,
    verified: fields.get('verified') === true,
    flaw: typeof flaw === 'string' ? flaw : null,
    duplicateOf: typeof duplicateOf === 'number' ? duplicateOf : null,
    answered: typeof answered === 'number' || answered === 'hang' ? answered : 'half',
    body: fields.get('body') ?? null,
  };
}
