import { ofDecorator } from '../sent-always.ts';
import type { PythonApp, PythonApps } from './find-apps.ts';
import { middlewareOf } from './middleware-of.ts';

/** Whether a middleware is in use. One with a decorator is that of the application, if there is only one. */
export function isUsedMiddleware(app: PythonApp, { apps }: PythonApps, name: string | undefined): boolean {
  if (name === undefined) return false;
  if (name === ofDecorator)
    return apps.every(
      ({ object }) => object.spot.path === app.object.spot.path && object.spot.line === app.object.spot.line,
    );
  const all = middlewareOf(app, name);
  return all.kind === 'known' && all.calls.length > 0;
}
