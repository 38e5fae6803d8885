import { Controller, type Type } from '@nestjs/common';
import { decorate } from './nest-app.ts';

/** A controller with one method for each entry, whose decorators come first. */
export type Routes = Readonly<
  Record<
    string,
    readonly [decorators: readonly unknown[], handle: (...args: never[]) => unknown, ...parameters: unknown[]]
  >
>;

export function controller(routes: Routes, ...decorators: readonly unknown[]): Type {
  class Some {}
  for (const [name, [own, handle, ...parameters]] of Object.entries(routes)) {
    Object.defineProperty(Some.prototype, name, { value: handle, configurable: true, writable: true });
    decorate(Some, name, own as never, ...parameters);
  }
  for (const decorator of [...decorators].reverse()) (decorator as ClassDecorator)(Some);
  if (decorators.length === 0) Controller()(Some);
  return Some;
}
