import type { ExecutionContext } from '@nestjs/common';
import { currentRequest } from '../request/context.ts';
import { getMetadata, setMetadata } from './metadata.ts';
import { sessionOf } from './request-sessions.ts';

/** A decorator of a handler's parameter. */
export type ParameterDecorator = (target: object, name: string | symbol | undefined, index: number) => void;

/** Nest keeps the parameters of a handler under these names: see `createParamDecorator`, whose package is not loaded here. */
const routeArguments = '__routeArguments__';
const custom = '__customRouteArgs__';

/**
 * The session of the request, where the module has `session`.
 *
 * @throws Misuse `bulwark/invalid-option` at a request, where the module has no sessions
 *
 * @example
 * ```ts
 * import { CurrentSession } from 'bulwark/nest';
 * import type { RegisteredSession } from 'bulwark/session';
 *
 * // @Post('log-in') logIn(@CurrentSession() session: RegisteredSession) { return session.logIn('ann'); }
 * export const parameter = CurrentSession();
 * export type Parameter = RegisteredSession;
 * ```
 */
export function CurrentSession(): ParameterDecorator {
  return parameter('bulwark.session', (context) => sessionOf(context.switchToHttp().getRequest<object>()));
}

/**
 * The nonce of the response's Content-Security-Policy, for the page that a handler renders.
 *
 * @example
 * ```ts
 * import { Nonce } from 'bulwark/nest';
 *
 * // @Get() @Render('page') show(@Nonce() nonce: string) { return { nonce }; }
 * export const parameter = Nonce();
 * ```
 */
export function Nonce(): ParameterDecorator {
  return parameter('bulwark.nonce', () => currentRequest()?.nonce ?? '');
}

function parameter(type: string, read: (context: ExecutionContext) => unknown): ParameterDecorator {
  return (target, name, index) => {
    const given = getMetadata(routeArguments, target.constructor, name) as object | undefined;
    const own = { index, factory: (_data: unknown, context: ExecutionContext) => read(context), pipes: [] };
    setMetadata(routeArguments, { ...given, [`${type}${custom}:${index}`]: own }, target.constructor, name);
  };
}
