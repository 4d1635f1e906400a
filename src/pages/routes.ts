import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

export interface PageProps {
  /** Values of the `:name` parts of the route's path. */
  readonly params: Readonly<Record<string, string>>;
}

export interface PageRoute {
  /** `:name` takes one segment, decoded. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType<PageProps>>;
}

const page = (load: () => Promise<ComponentType<PageProps>>): PageRoute['page'] =>
  lazy(async () => ({ default: await load() }));

const overview = page(() => import('./Overview/Overview.tsx').then((m) => m.Overview));

/** Every page, each loaded when it is first opened. A page is one folder and one line here. */
export const ROUTES: readonly PageRoute[] = [
  { path: '/', page: overview },
  { path: '/overview', page: overview },
  { path: '/alerts', page: page(() => import('./Alerts/Alerts.tsx').then((m) => m.Alerts)) },
  { path: '/alerts/find', page: page(() => import('./Alerts/FindAlert.tsx').then((m) => m.FindAlert)) },
  { path: '/alerts/:id', page: page(() => import('./Alerts/AlertDetail.tsx').then((m) => m.AlertDetail)) },
  { path: '/traces', page: page(() => import('./Traces/Traces.tsx').then((m) => m.Traces)) },
  { path: '/traces/compare', page: page(() => import('./Compare/Compare.tsx').then((m) => m.Compare)) },
  { path: '/thresholds', page: page(() => import('./Thresholds/Thresholds.tsx').then((m) => m.Thresholds)) },
  { path: '/traces/file', page: page(() => import('./Trace/TraceFile.tsx').then((m) => m.TraceFile)) },
  { path: '/traces/:traceId', page: page(() => import('./Trace/Trace.tsx').then((m) => m.Trace)) },
  { path: '/map', page: page(() => import('./Map/ServiceMapPage.tsx').then((m) => m.ServiceMapPage)) },
  { path: '/settings', page: page(() => import('./Settings/Settings.tsx').then((m) => m.Settings)) },
];
