import type { Node } from 'oxc-parser';
import { majorVersion } from '../app/dependency-version.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { packageUses } from '../app/package-uses.ts';
import { headerWrites } from '../headers/header-writes.ts';
import { nextConfig } from '../next/next-config.ts';
import { nextSites } from '../next/next-sites.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { literal, unknownValue, type Value } from '../read/value.ts';
import { serversOf } from '../server/servers.ts';

/** A place that lets pages of other origins read responses. */
export interface CorsUse {
  /** `cors()`, `enableCors()`, `Access-Control-Allow-Origin` */
  readonly by: string;
  readonly origin: Value;
  /** Of a header that code sets: the expression of its value, which may be the origin of the request. */
  readonly sent?: Node;
  readonly credentials: Value;
  readonly file: ModuleFile;
  readonly node: Node;
}

const any = literal('*');
const none: Value = literal(undefined);
/** As `true` in cors: the origin of the request is sent back. */
const reflected = literal(true);

export function corsUses(application: NodeApplication): readonly CorsUse[] {
  return [...ofPackages(application), ...ofNest(application), ...ofHeaders(application)];
}

function ofPackages(application: NodeApplication): readonly CorsUse[] {
  const { evaluator } = application;
  return packageUses(application).flatMap(({ package: name, path, args, file, node }): CorsUse[] => {
    const called = path.join('.');
    const make = (by: string, options: Value, initial: Value): CorsUse[] => [
      { by, ...readOptions(options, initial, evaluator.member), file, node },
    ];
    const [first = none] = args;
    if (name === 'cors' && called === '') return make('cors()', first, any);
    if (/^(?:@fastify\/cors|fastify-cors)$/.test(name)) return make(name, first, any);
    // kcors 1 and 2 are what @koa/cors 2 was called before.
    if (name === 'kcors') return make(name, first, reflected);
    if (name === '@koa/cors' && called === '') {
      const major = majorVersion(application, name);
      return make(
        name,
        first,
        major === undefined
          ? unknownValue('the version of @koa/cors is not known')
          : major >= 5
            ? any
            : reflected,
      );
    }
    if (name === 'hono' && called === '/cors.cors') return make('cors()', first, any);
    if (name === 'socket.io' && /^(?:Server)?$/.test(called)) return ofSocket(args, application, file, node);
    if (name === 'bulwark' && /^(?:\/cors\.cors|\/\w+\.(?:routeCors|RouteCors))$/.test(called)) {
      const origin = evaluator.member(first, 'origins');
      // Bulwark refuses `*` with credentials at the start.
      return [
        {
          by: 'bulwark/cors',
          origin,
          credentials: isAny(origin) ? literal(false) : evaluator.member(first, 'allowCredentials'),
          file,
          node,
        },
      ];
    }
    const isOther = /cors/i.test(name) && !/^(?:bulwark|cors|@koa\/cors)$/.test(name);
    return isOther
      ? [{ by: name, origin: unknownValue(`options of ${name} are not read`), credentials: none, file, node }]
      : [];
  });
}

function isAny(value: Value): boolean {
  return value.kind === 'literal' && value.value === '*';
}

function ofSocket(
  args: readonly Value[],
  { evaluator }: NodeApplication,
  file: ModuleFile,
  node: Node,
): CorsUse[] {
  const options = args.find(({ kind }) => kind === 'object');
  const cors = options && evaluator.member(options, 'cors');
  if (cors === undefined || (cors.kind === 'literal' && !cors.value)) return [];
  return [{ by: 'socket.io', ...readOptions(cors, any, evaluator.member), file, node }];
}

function readOptions(
  options: Value,
  initial: Value,
  member: (value: Value, key: string) => Value,
): Pick<CorsUse, 'origin' | 'credentials'> {
  if (options.kind === 'literal')
    return { origin: options.value === false ? literal(false) : initial, credentials: none };
  if (options.kind !== 'object') return { origin: options, credentials: options };
  const origin = member(options, 'origin');
  const isUnset = origin.kind === 'literal' && (origin.value === undefined || origin.value === null);
  return { origin: isUnset ? initial : origin, credentials: member(options, 'credentials') };
}

/** `app.enableCors(options)` and `NestFactory.create(module, { cors })` */
function ofNest(application: NodeApplication): readonly CorsUse[] {
  const { evaluator } = application;
  return serversOf(application).flatMap(({ framework, file, node, calls }): CorsUse[] => {
    if (framework !== 'nest') return [];
    const enabled = calls
      .filter(({ method, reach }) => method === 'enableCors' && reach.state !== 'never')
      .map(
        (call): CorsUse => ({
          by: 'enableCors()',
          ...readOptions(call.args[0] ?? none, any, evaluator.member),
          file: call.file,
          node: call.node,
        }),
      );
    const created = node.arguments.slice(1).flatMap((one): CorsUse[] => {
      const options = evaluator.evaluate(file, one);
      const cors = options.kind === 'object' ? options.fields.get('cors') : undefined;
      if (cors === undefined || (cors.kind === 'literal' && !cors.value)) return [];
      return [{ by: 'NestFactory.create()', ...readOptions(cors, any, evaluator.member), file, node }];
    });
    return [...enabled, ...created];
  });
}

/** Headers that the code sets itself, and those of the configuration and the proxy of Next. */
function ofHeaders(application: NodeApplication): readonly CorsUse[] {
  const { evaluator } = application;
  const ofNext = nextSites(application).flatMap(({ folder, proxy }) => [
    nextConfig(application, folder)?.file,
    proxy,
  ]);
  const files = new Set([...application.modules, ...ofNext.filter((one) => one !== undefined)]);
  return [...files].flatMap((file) => {
    const write = (name: string): ReturnType<typeof headerWrites> =>
      headerWrites(file, file.program, name, evaluator);
    const credentials = write('access-control-allow-credentials');
    return write('access-control-allow-origin').map(
      ({ node, value }): CorsUse => ({
        by: 'Access-Control-Allow-Origin',
        origin: value ?? literal(false),
        ...sentBy(node),
        credentials: credentials.length > 0 ? literal(true) : none,
        file,
        node,
      }),
    );
  });
}

/** The value of a header in `res.setHeader(name, value)` and `{ [name]: value }`. */
function sentBy(node: Node): { readonly sent?: Node } {
  const value =
    node.type === 'CallExpression' ? node.arguments[1] : node.type === 'Property' ? node.value : undefined;
  return value === undefined || value.type === 'SpreadElement' ? {} : { sent: value };
}
