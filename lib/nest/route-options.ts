import type { ModulesContainer } from '@nestjs/core';
import type { RouteChanges } from '../node/route/route-work.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { copyMetadata, getMetadata, getOwnMetadata, setMetadata } from './metadata.ts';

/** How a route reads its body. */
export type BodyOptions =
  | { readonly json: JsonOptions<unknown> }
  | { readonly form: FormOptions<unknown> }
  | { readonly upload: Uploads<FileFields> };

/** What a route, or all routes of a controller, change: the decorators' options. */
export interface RouteOptions extends RouteChanges {
  readonly body?: BodyOptions;
}

export type Method = (...args: never[]) => unknown;

/** The routes of a controller that change something. */
export interface Controller {
  readonly routes: readonly { readonly method: Method; readonly options: RouteOptions }[];
}

/** The key for the options that decorators set on a method or a controller. */
const written = 'bulwark:route';
/** The key for all options of a method, with those of its controller. Nest copies them to the route's handler. */
const complete = 'bulwark:complete-route';
/** Nest's own mark of a method that is a route. */
const path = 'path';

/**
 * Adds options to those of the other decorators of a method or a controller.
 *
 * @param target a prototype where `name` is given, else a class
 */
export function addOptions(options: RouteOptions, target: object, name?: string | symbol): void {
  // By name, as another decorator may put a function of its own in the method's place.
  const known = name === undefined ? getMetadata(written, target) : methodOptions(target, name);
  setMetadata(written, { ...(known as RouteOptions | undefined), ...options }, target, name);
}

/** Without those of a base class, whose method another one may have replaced. */
function methodOptions(prototype: object, name: string | symbol): RouteOptions | undefined {
  return getOwnMetadata(written, prototype, name) as RouteOptions | undefined;
}

/** The options of a route by its method, or by what Nest made of it. */
export function routeOptionsOf(method: object): RouteOptions | undefined {
  return getMetadata(complete, method) as RouteOptions | undefined;
}

/** The controllers of an application whose routes change something. */
export function controllersOf(modules: ModulesContainer): readonly Controller[] {
  const classes = [...modules.values()].flatMap(({ controllers }) =>
    [...controllers.values()].map(({ metatype }) => metatype),
  );
  return classes.filter((one) => typeof one === 'function').map((one) => ({ routes: routesOf(one) }));
}

function routesOf(controller: { readonly prototype: object }): Controller['routes'] {
  const shared = getMetadata(written, controller) as RouteOptions | undefined;
  return methodNames(controller.prototype).flatMap((name) => {
    const { prototype } = controller as unknown as { readonly prototype: Record<string, Method> };
    const options = { ...shared, ...methodOptions(ownerOf(prototype, name), name) };
    if (Object.keys(options).length === 0 || getMetadata(path, prototype[name] as Method) === undefined)
      return [];
    const method = ownMethod(prototype, name);
    setMetadata(complete, options, method);
    return [{ method, options }];
  });
}

/** The prototype that has the method itself. */
function ownerOf(prototype: object, name: string): object {
  let at = prototype;
  while (!Object.hasOwn(at, name)) at = Object.getPrototypeOf(at) as object;
  return at;
}

/** An inherited method belongs to other controllers too, which may have other options. */
function ownMethod(prototype: Record<string, Method>, name: string): Method {
  const method = prototype[name] as Method;
  if (Object.hasOwn(prototype, name)) return method;
  const own: Method = function inherited(this: unknown, ...args) {
    return method.apply(this, args);
  };
  copyMetadata(method, own);
  // For another application of the same process.
  setMetadata(written, methodOptions(ownerOf(prototype, name), name), prototype, name);
  Object.defineProperty(prototype, name, { value: own, configurable: true, writable: true });
  return own;
}

function methodNames(prototype: object): readonly string[] {
  const names = new Set<string>();
  for (let at = prototype; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
    }
  }
  return [...names];
}
