import type { EpochMs } from '../../src/core/units.ts';

export interface StoredSource {
  readonly namespace: string;
  readonly id: string;
  readonly kind: 'prometheus' | 'loki' | 'tempo' | 'grafana';
  readonly name: string;
  readonly url: string;
  readonly tenant: string;
  /** Encrypted bearer token, or empty. */
  readonly secret: string;
  readonly createdAt: EpochMs;
  readonly createdBy: string;
}

/** A source, stored or of the deployment's settings, that has answered at least once at this address. */
export interface SourceAnswer {
  readonly namespace: string;
  readonly id: string;
  readonly url: string;
  /** Since when it has not answered; null while it does. */
  readonly staleSince: EpochMs | null;
}

export interface SourceRepository {
  list(namespace: string): Promise<readonly StoredSource[]>;
  listAll(): Promise<readonly StoredSource[]>;
  save(source: StoredSource): Promise<void>;
  delete(namespace: string, id: string): Promise<boolean>;
  /** Of all namespaces. */
  answers(): Promise<readonly SourceAnswer[]>;
  /** One of each source: another one replaces it. */
  saveAnswer(answer: SourceAnswer): Promise<void>;
  forgetAnswer(namespace: string, id: string): Promise<void>;
}
