import type { Evidence } from '../../check/outcome.ts';
import type { Framework } from '../../subject/stacks.ts';
import type { Subject } from '../../subject/subject.ts';
import { evidenceAt } from '../app/evidence.ts';
import { type NodeApplication, nodeApplications } from '../app/node-application.ts';
import { packageUses } from '../app/package-uses.ts';
import { nextSettings } from '../next/next-settings.ts';
import { type NextSite, nextSites } from '../next/next-sites.ts';
import { type Guard, guardsOf } from '../server/guards.ts';
import { type Server, serversOf } from '../server/servers.ts';
import { bulwarkState } from './bulwark-state.ts';
import { guardSettings } from './guard-settings.ts';
import type { HeaderName, Setting } from './setting.ts';

/** What answers requests: an application of a framework, as its code makes it. */
export interface Site {
  readonly framework: Framework;
  readonly application: NodeApplication;
  readonly server: Server | undefined;
  readonly guards: readonly Guard[];
  /** Where it is made. */
  readonly evidence: Evidence;
  settings(header: HeaderName): readonly Setting[];
}

/** The sites of an application. Applications that are mounted in another one are a part of it. */
export function sitesOf(application: NodeApplication): readonly Site[] {
  const servers = serversOf(application).filter(
    ({ isMounted, framework }) => !isMounted && (framework !== 'express' || !isInNest(application)),
  );
  const pages = nextSites(application);
  // A server of the application's own sends the pages of Next: what either sets, both send.
  const sends = (server: Server, site: NextSite): boolean => site.servers.includes(server.file);
  const ofServers = (site: NextSite, header: HeaderName): readonly Setting[] =>
    servers.filter((server) => sends(server, site)).flatMap((server) => serverSettings(server, header));
  const ofPages = (server: Server, header: HeaderName): readonly Setting[] =>
    pages.filter((site) => sends(server, site)).flatMap((site) => nextSettings(site, header));
  return [
    ...servers.map((server): Site => {
      return {
        framework: server.framework,
        application,
        server,
        guards: guardsOf(server),
        evidence: evidenceAt(server.file, server.node),
        settings: (header) => [...serverSettings(server, header), ...ofPages(server, header)],
      };
    }),
    ...pages.map(
      (site): Site => ({
        framework: 'next',
        application,
        server: undefined,
        guards: [],
        evidence: application.manifest.placeOf(
          '"next"',
          `next in ${site.folder === '' ? 'the root' : site.folder}`,
        ),
        settings: (header) => [...nextSettings(site, header), ...ofServers(site, header)],
      }),
    ),
  ];
}

function serverSettings(server: Server, header: HeaderName): readonly Setting[] {
  const { application, framework } = server;
  return [
    ...guardsOf(server).flatMap((guard) => guardSettings(guard, header, application)),
    ...(framework === 'nest' ? ofBulwarkModule(application, header) : []),
  ];
}

export function allSites(
  subject: Subject,
): readonly { readonly application: NodeApplication; readonly sites: readonly Site[] }[] {
  return nodeApplications(subject).map((application) => ({ application, sites: sitesOf(application) }));
}

/** `NestFactory.create(AppModule, new ExpressAdapter(express()))` */
function isInNest(application: NodeApplication): boolean {
  return serversOf(application).some(({ framework }) => framework === 'nest');
}

/** A module of Nest that guards all routes. */
function ofBulwarkModule(application: NodeApplication, header: HeaderName): readonly Setting[] {
  return packageUses(application)
    .filter(
      ({ package: name, path }) => name === 'bulwark' && path[0] === '/nest' && path[1] === 'BulwarkModule',
    )
    .map(({ file, node, args }) => {
      const { state } = bulwarkState(
        args[0] ?? { kind: 'literal', value: undefined },
        header,
        application.evaluator,
      );
      return { state, covers: 'all', evidence: [evidenceAt(file, node)] };
    });
}
