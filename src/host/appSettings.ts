/** A data source of Pharos that Grafana has. */
export interface DataSourceChoice {
  readonly uid: string;
  readonly name: string;
  /** Where its relay looks for the engine; empty when nobody has said so. */
  readonly engineUrl: string;
}

export interface AppSettings {
  readonly enabled: boolean;
  /** Uid of the data source through which the pages reach the engine. */
  readonly datasourceUid: string;
}

export interface ConnectionProblem {
  readonly message: string;
  readonly code: string;
}

/** What the app's page within Grafana's list of plugins needs of Grafana. */
export interface AppSettingsPort {
  readonly settings: AppSettings;
  readonly dataSources: () => readonly DataSourceChoice[];
  /** Asks the relay of a data source whether it reaches the engine. @returns what the relay said, or what is in the way */
  readonly test: (
    datasourceUid: string
  ) => Promise<{ readonly message: string } | { readonly problem: ConnectionProblem }>;
  /** @throws Error with a sentence for people */
  readonly save: (settings: AppSettings) => Promise<void>;
  /** Makes the data source that the app is to use, and opens Grafana's page of it. @throws Error with a sentence for people */
  readonly addDataSource: (datasourceUid: string) => Promise<void>;
  /** Loads the page anew: Grafana reads settings once. */
  readonly reload: () => void;
  /** Address of a page of Grafana, such as `/connections/datasources`. */
  readonly href: (path: string) => string;
}

/** Where Grafana edits a data source. */
export const dataSourcePath = (uid: string): string => `/connections/datasources/edit/${encodeURIComponent(uid)}`;
