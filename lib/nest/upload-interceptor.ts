import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { type BodyParser, parsed } from './body-parser.ts';
import type { Controller } from './route-options.ts';

/**
 * A Nest interceptor that receives the files of routes with `@Upload()`. It runs after all guards, so a request that they refuse stores no file, and
 * before pipes. Undefined if no route has `@Upload()`.
 */
export function uploadInterceptor(
  controllers: readonly Controller[],
  receiverOf: (uploads: Uploads<FileFields>) => BodyParser,
): NestInterceptor | undefined {
  const receivers = new Map<unknown, BodyParser>(
    controllers.flatMap(({ routes }) =>
      routes.flatMap(({ method, options: { body } }) =>
        body && 'upload' in body ? [[method, receiverOf(body.upload)] as const] : [],
      ),
    ),
  );
  if (receivers.size === 0) return undefined;
  return {
    async intercept(context: ExecutionContext, next: CallHandler) {
      const receive = context.getType() === 'http' ? receivers.get(context.getHandler()) : undefined;
      const http = context.switchToHttp();
      if (receive)
        await parsed(receive, http.getRequest<IncomingMessage>(), http.getResponse<ServerResponse>());
      return next.handle();
    },
  };
}
