/**
 * Looks at the header `X-Powered-By`, which Express, Nest over Express and Next send by default. Fastify, Koa and Hono send none.
 *
 * ## Why
 * It tells everyone which holes to try first.
 *
 * ## Passes
 * It is switched off (`app.disable('x-powered-by')`, `poweredByHeader: false`) or removed by Bulwark, helmet or a middleware before all
 * routes; or the framework sends none.
 *
 * ## Fails
 * The default is left as it is, or the code sets the header itself.
 *
 * ## Unknown
 * It is switched off behind a condition, in a part of the application, or in code that was not read.
 *
 * ## How to fix
 * ```js
 * app.disable('x-powered-by'); // Express
 * export default { poweredByHeader: false }; // next.config.mjs
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt, evidenceOfReading } from '../../../node/app/evidence.ts';
import { headerWrites } from '../../../node/headers/header-writes.ts';
import { partSettings } from '../../../node/headers/judge-header.ts';
import { noSite } from '../../../node/headers/no-site.ts';
import { allSites, type Site } from '../../../node/headers/sites.ts';
import { nextConfig } from '../../../node/next/next-config.ts';
import { nextSites } from '../../../node/next/next-sites.ts';
import { literal, textOf, truth, whyUnknown } from '../../../node/read/value.ts';
import type { Server } from '../../../node/server/servers.ts';

export const check: Check = {
  id: 'node/powered-by',
  aspect: 'server/tokens',
  title: 'No header names the framework.',
  why: 'It tells everyone which holes to try first.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  run: (subject) =>
    allSites(subject).flatMap(({ application, sites }) =>
      sites.length === 0 ? [noSite(application, 'the header X-Powered-By', fix)] : sites.map(look),
    ),
};

const fix =
  "Switch the header off: `app.disable('x-powered-by')` in Express, `poweredByHeader: false` in next.config.";

function look(site: Site): Outcome {
  const own = ownHeader(site);
  if (own) return fail('The code sets X-Powered-By itself.', [own], 'Remove the header.');
  if (site.framework === 'next') return ofNext(site);
  const sends = site.framework === 'express' || (site.framework === 'nest' && !isOverFastify(site));
  if (!sends) return pass('The framework sends no header with its name.', [site.evidence]);
  return ofExpress(site);
}

function ownHeader({ application: { modules, evaluator } }: Site): Evidence | undefined {
  for (const file of modules) {
    for (const { node, value } of headerWrites(file, file.program, 'x-powered-by', evaluator)) {
      if (node.type === 'CallExpression' && (value?.kind === 'text' || (textOf(value) ?? '') !== ''))
        return evidenceAt(file, node);
    }
  }
  return undefined;
}

function isOverFastify({ server }: Site): boolean {
  return server?.node.arguments.some((one) => /FastifyAdapter/.test(server.file.shown(one))) === true;
}

function ofExpress(site: Site): Outcome {
  const { server, application } = site;
  const off = server ? switchedOff(server) : [];
  const settings = [...site.settings('x-powered-by'), ...partSettings(site, 'x-powered-by')].map(
    ({ state, covers, evidence }) => ({
      why: state.kind !== 'off' ? 'it is left as it is' : covers === 'all' ? undefined : covers.why,
      evidence,
    }),
  );
  const all = [...off, ...settings];
  const sure = all.find(({ why }) => why === undefined);
  if (sure) return pass('X-Powered-By is switched off.', sure.evidence);
  const [doubt] = all.filter(({ why }) => why !== 'it is left as it is');
  if (doubt)
    return unknown(
      `X-Powered-By is switched off, but not known to be for every response: ${doubt.why}.`,
      fix,
      doubt.evidence,
    );
  const evidence = [site.evidence, evidenceOfReading(application)];
  const [gap] = application.gaps;
  if (gap !== undefined)
    return unknown('X-Powered-By was not seen to be switched off, and not all code was read.', fix, [
      { text: gap },
      ...evidence,
    ]);
  return fail('Express names itself in X-Powered-By.', evidence, fix);
}

function switchedOff({
  calls,
}: Server): { readonly why: string | undefined; readonly evidence: readonly Evidence[] }[] {
  return calls.flatMap(({ method, args, reach, file, node }) => {
    if (textOf(args[0])?.toLowerCase() !== 'x-powered-by') return [];
    const value =
      method === 'disable'
        ? literal(false)
        : method === 'set'
          ? (args[1] ?? literal(undefined))
          : literal(true);
    const isOn = truth(value);
    if (isOn === true || reach.state === 'never') return [];
    const { state } = reach;
    const why =
      isOn === undefined
        ? whyUnknown(value)
        : state === 'always'
          ? undefined
          : `whether it runs depends on ${state.why}`;
    return [{ why, evidence: [evidenceAt(file, node)] }];
  });
}

function ofNext(site: Site): Outcome {
  const { application } = site;
  const removed = site.settings('x-powered-by');
  if (removed.some(({ state, covers }) => state.kind === 'off' && covers === 'all')) {
    return pass(
      'X-Powered-By is removed.',
      removed.flatMap(({ evidence }) => evidence),
    );
  }
  const outcomes = nextSites(application).map(({ folder }) => {
    const config = nextConfig(application, folder);
    if (config === undefined)
      return fail(
        'Next names itself in X-Powered-By, because no configuration switches it off.',
        [site.evidence],
        fix,
      );
    const place = evidenceAt(config.file, config.file.program);
    const evidence = [{ ...place, text: config.file.path }];
    if (config.isBulwark) return pass('withBulwarkConfig() switches X-Powered-By off.', evidence);
    const option = application.evaluator.member(config.value, 'poweredByHeader');
    const spot = option.spot ? [evidenceAt(option.spot.file, option.spot.node)] : evidence;
    if (option.kind !== 'literal')
      return unknown(`Whether Next names itself is not known, because ${whyUnknown(option)}.`, fix, evidence);
    return option.value === false
      ? pass('poweredByHeader is false.', spot)
      : fail('Next names itself in X-Powered-By.', spot, fix);
  });
  return (
    outcomes.find(({ verdict }) => verdict === 'fail') ??
    outcomes.find(({ verdict }) => verdict === 'unknown') ??
    outcomes[0] ??
    noSite(application, 'the header X-Powered-By', fix)
  );
}
