import type { Site } from '../code-view.ts';
import { isForBrowsers } from '../rules/kit/web/for-browsers.ts';
import { logCallOf } from '../rules/secret-logged/log-call.ts';
import { writtenText } from './log/logged-name.ts';
import { loggedValue } from './log/logged-value.ts';
import { eachCall, type SiteSearch, siteAt, worstState } from './site-search.ts';

/** Finds every call that writes to a log, and whether its content is known. */
export function logSites(search: SiteSearch): Site[] {
  const { linked } = search.frames;
  const sites: Site[] = [];
  eachCall(search, (_, { id, module }, value) => {
    const log = isForBrowsers(linked.program.modules[module])
      ? undefined
      : logCallOf(linked, { func: id, value });
    if (!log) return;
    const states = log.values.map((logged) =>
      loggedValue(search.frames, { func: id, value: logged.value }, logged.name),
    );
    sites.push(siteAt(search, 'log', id, value, states.length === 0 ? writtenText : worstState(states)));
  });
  return sites;
}
