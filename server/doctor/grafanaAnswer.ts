export interface GrafanaAnswer {
  readonly status: number;
  /** Null where it is no JSON. */
  readonly body: unknown;
}

/** Asks Grafana's API with the credentials that the doctor has. */
export type AskGrafana = (path: string) => Promise<GrafanaAnswer>;
