import { maxLinesPerFunction } from './maxLinesPerFunction.ts';
import { noGrafanaMissing } from './noGrafanaMissing.ts';
import { noReact19Forms } from './noReact19Forms.ts';
import { noReact19Imports } from './noReact19Imports.ts';

/** Rules of this project's own, under the prefix `pharos/`. */
export const plugin = {
  rules: {
    'max-lines-per-function': maxLinesPerFunction,
    'no-grafana-missing': noGrafanaMissing,
    'no-react19-forms': noReact19Forms,
    'no-react19-imports': noReact19Imports,
  },
};
