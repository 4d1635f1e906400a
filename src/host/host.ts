import type { ComponentType, ReactNode } from 'react';
import type { Client } from '../api/client.ts';
import type { Role } from '../core/identity.ts';

/** A place within Pharos, whatever stands before it in the address: `/alerts` and `?state=firing`. */
export interface HostLocation {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

export interface Navigation {
  /** The same object until the place changes. */
  readonly current: () => HostLocation;
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
  /** `to` is a place within Pharos, such as `/alerts?state=firing`. `replace` leaves no step for Back. */
  readonly go: (to: string, options?: { readonly replace?: boolean }) => void;
  /** Address of a place for an anchor, so that it can be copied and opened in a new tab. */
  readonly href: (to: string) => string;
}

export interface PageFrameProps {
  /** What the page is, for the tab and the heading. */
  readonly title: string;
  /** Shown in place of the title text, where it needs more than words. */
  readonly heading?: ReactNode;
  /** Answers the page's question in a sentence. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** The page above this one. */
  readonly parent?: { readonly title: string; readonly to: string };
  readonly children: ReactNode;
}

/** The port between pages and what shows them: Grafana or the console. */
export interface Host {
  readonly kind: 'grafana' | 'console';
  readonly client: Client;
  /** Of these pages, where they come from elsewhere than the engine; undefined where it brings them itself. */
  readonly version: string | undefined;
  /** Tells engines apart, as two data sources may lead to two of them. */
  readonly engine: string;
  readonly navigation: Navigation;
  readonly PageFrame: ComponentType<PageFrameProps>;
  /** IANA name, `utc`, or `browser`. */
  readonly timeZone: string;
  /** Who the host says is signed in, until the engine has answered; undefined where the host does not know. */
  readonly user: { readonly name: string; readonly role: Role } | undefined;
  /**
   * Address of the Grafana around the page, or its path on this site, for links into its Explore: null where it would not let who looks in
   * there, undefined where there is none.
   */
  readonly grafanaUrl: string | null | undefined;
  /** Uid of a data source for profiles in that Grafana: null where it has none, undefined where the host does not know. */
  readonly profilesUid: () => string | null | undefined;
  /** Address that streams an operation's CSV to the browser as a download; undefined where the host has no such address. */
  readonly downloadUrl: ((path: string, query: Readonly<Record<string, string>>) => string) | undefined;
}
