import type { CallArguments } from '../call-arguments.ts';
import type { Spot } from '../module-file.ts';
import { unseenCall } from '../object.ts';
import { isType, type Value } from '../value.ts';
import { lastPart } from './extension.ts';
import type { PythonApp } from './find-apps.ts';

/** How a middleware was added to an application. */
export interface AddedMiddleware {
  readonly given: CallArguments;
  readonly spot: Spot;
}

export type Middleware =
  | { readonly kind: 'known'; readonly calls: readonly AddedMiddleware[] }
  | { readonly kind: 'unknown' };

/** By the name of its class: `add_middleware(...)`, `middleware=[Middleware(...)]`, or `CORSMiddleware(app, ...)`. */
export function middlewareOf({ object }: PythonApp, name: string): Middleware {
  const calls: AddedMiddleware[] = [];
  if (object.given.isOpen) return { kind: 'unknown' };
  for (const call of object.calls) {
    if (call.isMain) continue;
    if (call.name === unseenCall) return { kind: 'unknown' };
    if (call.name === 'add_middleware') {
      const added = classIn(call.given.positional[0] ?? call.given.named.get('middleware_class'));
      if (added === undefined) return { kind: 'unknown' };
      if (added === name) calls.push(call);
    } else if (lastPart(call.name) === name) calls.push(call);
  }
  const list = object.given.named.get('middleware');
  if (!list) return { kind: 'known', calls };
  const [{ plain }, ...others] = list;
  if (others.length > 0 || !isType(plain, 'list') || plain.more !== undefined) return { kind: 'unknown' };
  for (const [{ plain: item }] of plain.items) {
    if (!isType(item, 'object') || lastPart(item.path) !== 'Middleware') return { kind: 'unknown' };
    const added = classIn(item.given.positional[0] ?? item.given.named.get('cls'));
    if (added === undefined) return { kind: 'unknown' };
    if (added === name) calls.push({ given: item.given, spot: item.spot });
  }
  return { kind: 'known', calls };
}

/** The name of a class of a library or of the project. */
function classIn(value: Value | undefined): string | undefined {
  const plain = value?.length === 1 ? value[0].plain : undefined;
  if (isType(plain, 'reference')) return lastPart(plain.path);
  return isType(plain, 'class') ? plain.name : undefined;
}
