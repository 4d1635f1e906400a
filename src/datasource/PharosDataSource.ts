import type { DataSourceInstanceSettings, ScopedVars } from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { COUNTED_STATES } from '../core/frames/alertGrouping.ts';
import { isAgeSignal } from '../core/signals/age.ts';
import { SIGNALS } from '../core/signals/catalogue.ts';
import { t } from '../i18n/t.ts';
import { annotationSupport } from './annotationSupport.ts';
import { describeQuery } from './describeQuery.ts';
import { expandVariables } from './expandVariables.ts';
import {
  isQueryType,
  NAME_KINDS,
  type Name,
  type NameKind,
  type PharosApi,
  type PharosOptions,
  type PharosQuery,
  type VariableQuery,
} from './query.ts';
import { readNames, sentenceOf } from './readNames.ts';
import { PharosVariableSupport } from './variableSupport.ts';

const same = (value: string): Name => ({ text: value, value });
/** More owners than a list could be looked through. */
const MAX_PAGES = 10;

/** The browser's half of the data source: what queries mean is the engine's affair, to which the backend's half hands them on. */
export class PharosDataSource extends DataSourceWithBackend<PharosQuery, PharosOptions> implements PharosApi {
  constructor(settings: DataSourceInstanceSettings<PharosOptions>) {
    super(settings);
    this.annotations = annotationSupport;
    this.variables = new PharosVariableSupport((query) => this.metricFindQuery(query));
  }

  /**
   * Only what every query has: Grafana lays the default below queries again and again, so that a field which a query may lack would come
   * back, and Explore 12.4 then never comes to rest.
   */
  override getDefaultQuery(): Partial<PharosQuery> {
    return { queryType: 'alertCounts' };
  }

  /** A signal that is yet to be chosen is no mistake that a red panel should tell of. */
  override filterQuery({ hide, queryType, signal = '' }: PharosQuery): boolean {
    return hide !== true && isQueryType(queryType) && (queryType !== 'signals' || signal !== '');
  }

  override applyTemplateVariables(query: PharosQuery, scopedVars: ScopedVars): PharosQuery {
    return expandVariables(query, scopedVars, getTemplateSrv());
  }

  override getQueryDisplayText(query: PharosQuery): string {
    return describeQuery(query);
  }

  override targetContainsTemplate(query: PharosQuery): boolean {
    return getTemplateSrv().containsTemplate(JSON.stringify(query));
  }

  /** @param query what the variable editor makes, or the bare kind, as provisioned dashboards may have it */
  override async metricFindQuery(query: VariableQuery | string | undefined): Promise<Name[]> {
    const kind = typeof query === 'string' ? query : query?.find;
    const known = NAME_KINDS.find((candidate) => candidate === kind);
    if (known === undefined) {
      throw new Error(
        t(
          'datasource.pharos-data-source.unknown-list',
          'A variable of Pharos lists {{kinds}}; this one asks for "{{kind}}".',
          { kinds: NAME_KINDS.join(', '), kind: kind ?? '' }
        )
      );
    }
    return [...(await this.findNames(known))];
  }

  async findNames(kind: NameKind): Promise<readonly Name[]> {
    switch (kind) {
      case 'services':
        return readNames(await this.#ask('api/v1/services', {}), 'name').map(same);
      case 'owners':
        return this.#findOwners();
      case 'severities':
        return SEVERITIES.toReversed().map(same);
      case 'states':
        return COUNTED_STATES.map(same);
      case 'signals':
        // Those that a query can chart: ages are not kept.
        return SIGNALS.filter(({ name }) => !isAgeSignal(name)).map(({ name, title }) => ({
          text: title,
          value: name,
        }));
    }
  }

  variableNames(): readonly string[] {
    return getTemplateSrv()
      .getVariables()
      .map(({ name }) => `$${name}`);
  }

  /** Owners are named by thresholds; their alerts carry the name on as a label. */
  async #findOwners(): Promise<readonly Name[]> {
    const found = new Set<string>();
    let cursor: unknown;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await this.#ask('api/v1/thresholds', {
        limit: 1000,
        ...(typeof cursor === 'string' ? { cursor } : {}),
      });
      readNames(answer, 'owner').forEach((owner) => found.add(owner));
      cursor = Object(answer).next;
      if (typeof cursor !== 'string') {
        break;
      }
    }
    return [...found].toSorted((a, b) => a.localeCompare(b)).map(same);
  }

  async #ask(path: string, params: Record<string, string | number>): Promise<unknown> {
    try {
      return await this.getResource<unknown>(path, params, { showErrorAlert: false });
    } catch (error) {
      throw new Error(sentenceOf(error), { cause: error });
    }
  }
}
