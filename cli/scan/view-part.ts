import type { Analysis } from './analyse.ts';
import type { CodeView } from './code-view.ts';
import type { ProgramView } from './dataflow/view/program-view.ts';
import { answersNotFollowed } from './inventory/answer/answers-not-followed.ts';
import { errorHandlers } from './inventory/answer/error-handlers.ts';
import { commandSites } from './inventory/command-sites.ts';
import { importsIn } from './inventory/imports-in.ts';
import { logInsOf } from './inventory/log-in/log-ins.ts';
import { logSites } from './inventory/log-sites.ts';
import { outboundSites } from './inventory/outbound-sites.ts';
import { querySites } from './inventory/query-sites.ts';
import { routesOf } from './inventory/route/routes-of.ts';
import { SiteFrames } from './inventory/site-frames.ts';
import { hitKeys, type SiteSearch } from './inventory/site-search.ts';
import { templateSites } from './inventory/template-sites.ts';
import { uploadSites } from './inventory/upload-sites.ts';
import type { SourceFile } from './project/project.ts';

/** What the audit shows about one part of a project. */
export type PartView = Pick<
  CodeView,
  'sites' | 'routes' | 'imports' | 'logIns' | 'errorHandlers' | 'bareApps' | 'gaps'
>;

/** Collects what the audit shows about one part of a project, from the finished analysis of that part. */
export function viewPart({ hits }: Analysis, engine: ProgramView, files: readonly SourceFile[]): PartView {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const search: SiteSearch = {
    frames: new SiteFrames(engine),
    hits: hitKeys(hits),
    textOf: (path) => texts.get(path),
  };
  const sites = [querySites, templateSites, outboundSites, uploadSites, logSites, commandSites].flatMap(
    (sitesOf) => sitesOf(search),
  );
  return {
    sites,
    routes: routesOf(search),
    imports: importsIn(search),
    logIns: logInsOf(search),
    gaps: unfollowedAnswers(engine),
    ...errorHandlers(search),
  };
}

/**
 * A sentence about the functions that send a response but were not analysed completely. Error details may be missing from
 * the findings there. Empty if there are none.
 */
function unfollowedAnswers({ cuts, answering, linked }: ProgramView): string[] {
  const names = [...cuts]
    .filter((id) => answering.has(id))
    .map((id) => linked.program.functions[id]?.func.name || 'a function');
  return names.length === 0 ? [] : [`${answersNotFollowed} ${[...new Set(names)].slice(0, 5).join(', ')}.`];
}
