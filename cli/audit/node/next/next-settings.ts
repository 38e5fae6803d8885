import type { Node } from 'oxc-parser';
import { evidenceAt, evidenceOf } from '../app/evidence.ts';
import { packageUses } from '../app/package-uses.ts';
import { bulwarkPolicy } from '../headers/bulwark-state.ts';
import { headerWrites, settingOf, stateOf } from '../headers/header-writes.ts';
import type { HeaderName, Setting } from '../headers/setting.ts';
import { returnedBy } from '../read/evaluate-call.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { textOf, type Value } from '../read/value.ts';
import { nextConfig } from './next-config.ts';
import type { NextSite } from './next-sites.ts';

/** What `headers()` of the configuration, the proxy and Bulwark do to a header. */
export function nextSettings(site: NextSite, header: HeaderName): readonly Setting[] {
  return [...ofConfig(site, header), ...ofProxy(site, header), ...ofBulwark(site, header)];
}

/** Sources that match every path: `/(.*)`, `/:path*`. */
const everything = /^\/(?:\(\.\*\)|:\w+\*|:\w+\(\.\*\)|\(\(\?!.*)$/;

function ofConfig(site: NextSite, header: HeaderName): readonly Setting[] {
  const { application } = site;
  const config = nextConfig(application, site.folder);
  if (config === undefined || header === 'x-powered-by') return [];
  const { evaluator } = application;
  const headers = evaluator.member(config.value, 'headers');
  const list = headers.kind === 'function' ? returnedBy(headers.file, headers.node, evaluator) : headers;
  if (list.kind === 'literal') return [];
  const evidence = [evidenceOf(list, config.file, config.file.program)];
  if (list.kind !== 'array') {
    const says = config.file.text.toLowerCase().includes(header);
    return says
      ? [
          {
            state: { kind: 'unknown', why: 'headers() of the configuration is computed' },
            covers: 'all',
            evidence,
          },
        ]
      : [];
  }
  return list.items.flatMap((item) => {
    const source = textOf(evaluator.member(item, 'source'));
    const own = evaluator.member(item, 'headers');
    const isPart = source === undefined || !everything.test(source) || hasConditions(item);
    const covers: Setting['covers'] = isPart
      ? { why: `it is sent only for ${source ?? 'some paths'}` }
      : 'all';
    return (own.kind === 'array' ? own.items : []).flatMap((one): Setting[] => {
      const name = textOf(evaluator.member(one, 'key'))?.toLowerCase();
      const value = evaluator.member(one, 'value');
      const place = [evidenceOf(one, config.file, config.file.program)];
      if (name === header) return [{ state: stateOf(value), covers, evidence: place }];
      const isReport = header === 'content-security-policy' && name === `${header}-report-only`;
      return isReport ? [{ state: { kind: 'off', how: 'only reports' }, covers, evidence: place }] : [];
    });
  });
}

function hasConditions(item: Value): boolean {
  return item.kind === 'object' && (item.isOpen || item.fields.has('has') || item.fields.has('missing'));
}

function ofProxy({ proxy, application }: NextSite, header: HeaderName): readonly Setting[] {
  if (proxy === undefined || header === 'x-powered-by') return [];
  const { evaluator } = application;
  const covers = matcherCovers(evaluator.exported(proxy, 'config'));
  return headerWrites(proxy, proxy.program, header, evaluator).map((one) => {
    const setting = settingOf(one, evaluator);
    return { ...setting, covers: setting.covers === 'all' ? covers : setting.covers };
  });
}

/** The matcher that the documentation gives leaves out files and prefetches. */
function matcherCovers(config: Value): Setting['covers'] {
  if (config.kind !== 'object') return 'all';
  const matcher = config.fields.get('matcher');
  if (matcher === undefined) return 'all';
  const sources = (matcher.kind === 'array' ? matcher.items : [matcher]).map((one) =>
    textOf(one.kind === 'object' ? one.fields.get('source') : one),
  );
  const [first] = sources;
  return sources.some((one) => one !== undefined && everything.test(one))
    ? 'all'
    : { why: `the proxy runs only for ${first ?? 'some paths'}` };
}

/** The proxy and the server of Bulwark. */
function ofBulwark(site: NextSite, header: HeaderName): readonly Setting[] {
  for (const { file, node } of [...proxiesOfBulwark(site), ...serversOfBulwark(site)]) {
    const evidence = [evidenceAt(file, node)];
    if (header === 'x-powered-by')
      return [{ state: { kind: 'off', how: 'is removed' }, covers: 'all', evidence }];
    const isChanged = /\b(?:csp|headers)\s*:/.test(file.text);
    if (isChanged)
      return [
        { state: { kind: 'unknown', why: 'the options of Bulwark change headers' }, covers: 'all', evidence },
      ];
    const text = header === 'content-security-policy' ? bulwarkPolicy : 'max-age=31536000; includeSubDomains';
    return [{ state: { kind: 'value', text }, covers: 'all', evidence }];
  }
  return [];
}

interface Found {
  readonly file: ModuleFile;
  readonly node: Node;
}

function proxiesOfBulwark({ proxy }: NextSite): readonly Found[] {
  const node = proxy?.program.body.find(
    (one) =>
      (one.type === 'ImportDeclaration' || one.type === 'ExportNamedDeclaration') &&
      one.source?.value === 'bulwark/next/proxy',
  );
  return proxy && node ? [{ file: proxy, node }] : [];
}

/** `bulwark({}, app.getRequestHandler())` */
function serversOfBulwark({ application, servers }: NextSite): readonly Found[] {
  return packageUses(application).filter(
    ({ package: name, path, file }) =>
      name === 'bulwark' && path.join('/') === '/next/server/bulwark' && servers.includes(file),
  );
}
