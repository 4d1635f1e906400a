import { useState } from 'react';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { ServiceMapGraph } from '../../ui/serviceMap/ServiceMapGraph.tsx';
import type { Chosen, ShownEdge, ShownNode } from '../../ui/serviceMap/shownMap.ts';

export interface MapPartProps {
  /** Of the panel: each keeps places of its own. */
  readonly panelId: number;
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
  readonly height: number;
  readonly hasLink: boolean;
}

const LINK_PX = 28;

/** Services and the calls between them. */
export function MapPart({ panelId, nodes, edges, height, hasLink }: MapPartProps) {
  const [chosen, setChosen] = useState<Chosen>(null);
  return (
    <>
      {hasLink && <AppLink to="/map">{t('panel.traces.open-map', 'Open the map in Pharos')}</AppLink>}
      <ServiceMapGraph
        {...{ nodes, edges, chosen }}
        scope={`panel ${panelId} ${nodes.map(({ id }) => id).join()}`}
        onChoose={setChosen}
        height={`${Math.max(120, height - (hasLink ? LINK_PX : 0))}px`}
      />
    </>
  );
}
