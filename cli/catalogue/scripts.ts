import type { Check } from './check.ts';
import { readText } from './pluginFolder.ts';

type Trace = readonly [pattern: RegExp, what: string];

const TRACKERS: readonly Trace[] = [
  [
    /https:\/\/(?:www\.google-analytics\.com|www\.googletagmanager\.com|(?:api-js\.)?mixpanel\.com)/,
    'tells a tracker who uses it',
  ],
];

/** What React 19 no longer has. Only in the first files: packages beside them name some of it to support older versions too. */
const GONE: readonly Trace[] = [
  [/\.(?:propTypes|defaultProps)=/, 'sets propTypes or defaultProps'],
  [/\.(?:childContextTypes|contextTypes)=|getChildContext/, 'uses the context of old'],
  [/\bref:(?:"[^"]+"|'[^']+')/, 'has a ref that is a text'],
  [/createFactory\(/, 'calls createFactory'],
  [/findDOMNode\(/, 'calls findDOMNode'],
  [/ReactDOM\.render\(|unmountComponentAtNode\(/, 'renders as before React 18'],
];

/** A JSX runtime of React 18 in the bundle, which breaks under 19. */
const INTERNALS: readonly Trace[] = [
  [/__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED/, 'reaches into React, or brings a JSX runtime of its own'],
];

const checkText =
  (files: RegExp, traces: readonly Trace[]): Check =>
  ({ files: folder }) =>
    [...folder.keys()]
      .filter((name) => files.test(name))
      .flatMap((name) => {
        const text = readText(folder, name) ?? '';
        return traces.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${name} ${what}.`);
      });

/** No script tells anybody outside who uses the plugin. */
export const checkTrackers = checkText(/\.js$/, TRACKERS);

const checkGone = checkText(/(?:^|\/)module\.js$/, GONE);
const checkInternals = checkText(/\.js$/, INTERNALS);

/** The scripts run under React 18 and 19. */
export const checkReact: Check = (subject) => [...checkGone(subject), ...checkInternals(subject)];
