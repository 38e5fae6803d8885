import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Evidence } from '../../check/outcome.ts';
import { evidenceAt } from '../app/evidence.ts';
import { packageUses } from '../app/package-uses.ts';
import type { Site } from './sites.ts';

/** What shows that a site sends pages, and not only data; undefined if nothing does. */
export function pagesOf({ application, framework, evidence }: Site): Evidence | undefined {
  if (framework === 'next') return evidence;
  const files = packageUses(application).find(
    ({ package: name, path }) =>
      (name === 'express' && path.at(-1) === 'static') ||
      /^(?:serve-static|koa-static|@fastify\/static|@fastify\/view|koa-ejs|@koa\/ejs|koa-views|@nestjs\/serve-static)$/.test(
        name,
      ) ||
      path.at(-1) === 'serveStatic',
  );
  if (files) return evidenceAt(files.file, files.node);
  for (const file of application.modules) {
    for (const node of file.nodes) {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
      const { property, computed } = node.callee;
      const method = property.type === 'PrivateIdentifier' ? undefined : keyName(property, computed);
      if (method === undefined || node.arguments.length === 0) continue;
      const isResponse = /^(?:res|response|reply|ctx|c|context|h)\b/.test(file.shown(node.callee.object));
      const isPage = method !== 'sendFile' || /\.html?\b|index/.test(file.shown(node));
      const sends = /^(?:render|view|html|sendFile)$/.test(method) && isResponse && isPage;
      if (sends || method === 'useStaticAssets' || method === 'setViewEngine') return evidenceAt(file, node);
    }
  }
  return undefined;
}
