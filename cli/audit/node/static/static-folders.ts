import type { Node } from 'oxc-parser';
import type { NodeApplication } from '../app/node-application.ts';
import { packageUses } from '../app/package-uses.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { literal, type Value } from '../read/value.ts';
import { serversOf } from '../server/servers.ts';

/** A folder that an application serves as files. */
export interface StaticFolder {
  readonly by: string;
  readonly root: Value;
  /** Whether files with a dot in front are served. */
  readonly dotFiles: Value;
  /** Whether folders are listed. */
  readonly lists: Value;
  readonly file: ModuleFile;
  readonly node: Node;
}

const no = literal(false);
const yes = literal(true);

/**
 * Every folder that is served, with the defaults of what serves it: serve-static 1 and 2 and koa-send 5 leave out files with a dot,
 * @fastify/static 10 serves them (`opts.dotfiles ??= 'allow'` in its index.js), and so does Hono, which knows no such option.
 */
export function staticFolders(application: NodeApplication): readonly StaticFolder[] {
  const { evaluator } = application;
  const member = evaluator.member;
  const found = packageUses(application).flatMap(
    ({ package: name, path, args, file, node }): StaticFolder[] => {
      const [first = literal(undefined), second = literal(undefined)] = args;
      const make = (by: string, root: Value, dotFiles: Value, lists: Value = no): StaticFolder[] => [
        { by, root, dotFiles, lists, file, node },
      ];
      if (
        (name === 'express' && path.at(-1) === 'static') ||
        (name === 'serve-static' && path.length === 0)
      ) {
        return make(
          name === 'express' ? 'express.static()' : name,
          first,
          allowsDots(member(second, 'dotfiles'), no),
        );
      }
      if (/^(?:@koa\/static|koa-static)$/.test(name))
        return make(name, first, orDefault(member(second, 'hidden'), no));
      if (/^(?:@fastify\/static|fastify-static)$/.test(name)) {
        return make(
          name,
          member(first, 'root'),
          allowsDots(member(first, 'dotfiles'), yes),
          orDefault(member(first, 'list'), no),
        );
      }
      if (path.at(-1) === 'serveStatic') {
        const one = member(first, 'path');
        const isFile = !(one.kind === 'literal' && one.value === undefined);
        return isFile ? [] : make('serveStatic()', orDefault(member(first, 'root'), literal('')), yes);
      }
      if (/^(?:serve-index|koa-serve-index)$/.test(name)) return make(name, first, no, yes);
      if (name === 'bulwark' && path.at(-1) === 'staticFiles') return make('staticFiles()', first, no);
      if (name === '@nestjs/serve-static') return make(name, member(first, 'rootPath'), no);
      return [];
    },
  );
  const ofNest = serversOf(application).flatMap(({ calls }) =>
    calls
      .filter(({ method, reach }) => method === 'useStaticAssets' && reach.state !== 'never')
      .map(
        ({ args: [first = literal(undefined), second = literal(undefined)], file, node }): StaticFolder => {
          // Over Fastify the only argument has them all.
          const isFastify = first.kind === 'object';
          const root = isFastify ? member(first, 'root') : first;
          const dotFiles = allowsDots(member(isFastify ? first : second, 'dotfiles'), isFastify ? yes : no);
          return { by: 'useStaticAssets()', root, dotFiles, lists: no, file, node };
        },
      ),
  );
  return [...found, ...ofNest];
}

function orDefault(value: Value, initial: Value): Value {
  return value.kind === 'literal' && (value.value === undefined || value.value === null) ? initial : value;
}

function allowsDots(value: Value, initial: Value): Value {
  const given = orDefault(value, initial);
  if (given.kind !== 'literal' || typeof given.value !== 'string') return given;
  return { ...given, value: given.value === 'allow' };
}
