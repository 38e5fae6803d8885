/** `bulwark/express` without what `?without=` names. */
import * as express from 'bulwark/express';
import framework, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { sessions } from '../undefended/session.ts';

const without: ReadonlySet<string> = new Set(
  new URL(import.meta.url).searchParams.get('without')?.split(','),
);

/** The context stays, since pages ask for the nonce. */
export function bulwark({ session, ...options }: express.BulwarkOptions): RequestHandler[] {
  const guard = express.bulwark({
    ...options,
    ...(without.has('policy') && { csp: false, headers: false }),
    ...(session && !without.has('session') && { session }),
    csrf: without.has('csrf') ? false : {},
  });
  return without.has('session') ? [sessions, guard] : [guard];
}

/** Any origin, as an application does that copies what was sent. */
const reflect: RequestHandler = (req, res, next) => {
  res.set('Access-Control-Allow-Origin', req.headers.origin ?? '*');
  res.set('Access-Control-Allow-Credentials', 'true');
  next();
};

export const routeCors: typeof express.routeCors = without.has('cors')
  ? () => reflect as express.RouteMiddleware
  : express.routeCors;

export const upload: typeof express.upload = express.upload;
export const staticFiles: typeof express.staticFiles = express.staticFiles;

export const json: typeof express.json = without.has('parse')
  ? ((() => framework.json()) as typeof express.json)
  : express.json;

export const form: typeof express.form = without.has('parse')
  ? ((() => framework.urlencoded({ extended: false })) as typeof express.form)
  : express.form;

/** Hands every error on to the framework's own handler, as an application without the last line does. */
const handOn = (error: unknown, _req: Request, _res: Response, next: NextFunction): void => next(error);

export const bulwarkErrors = (): typeof handOn | ReturnType<typeof express.bulwarkErrors> =>
  without.has('errors') ? handOn : express.bulwarkErrors();
