import type { Site } from '../code-view.ts';
import { harmlessIn } from '../dataflow/domain/kinds.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';
import { resolveText } from './resolve/resolve-text.ts';
import { leavesOf } from './resolve/text-tree.ts';
import { sinkArguments } from './sink-arguments.ts';
import { eachCall, hitKey, type SiteSearch, type SiteState, siteAt, worstState } from './site-search.ts';

/** Finds every call that runs a program. */
export function commandSites(search: SiteSearch): Site[] {
  const { frames } = search;
  const sites: Site[] = [];
  eachCall(search, (call, { id }, value) => {
    const found = sinkArguments(frames, id, value, call).filter(
      ({ kind }) => sinkKind(kind).site === 'command',
    );
    if (found.length === 0) return;
    const states = found.map(({ value: place }): SiteState => {
      if (search.hits.has(hitKey(id, value, 'command')))
        return { state: 'unresolved', because: 'untrusted input reaches it' };
      const leaves = place ? leavesOf(resolveText(frames, place, value, harmlessIn('command'))) : [];
      const open = leaves.find(({ kind }) => kind === 'unresolved');
      if (leaves.length === 0 || open)
        return {
          state: 'unresolved',
          because:
            open?.kind === 'unresolved'
              ? `it is made of ${open.because}`
              : 'its arguments could not be told apart',
        };
      return leaves.every(({ kind }) => kind === 'constant')
        ? { state: 'constant', because: 'the command is written in the program' }
        : { state: 'allow-listed', because: 'what varies is proven harmless, or a setting' };
    });
    sites.push(siteAt(search, 'command', id, value, worstState(states)));
  });
  return sites;
}
