import {
  BadRequestException,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExceptionFilter,
  Get,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  Scope,
  ServiceUnavailableException,
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { map } from 'rxjs';
import { expect, it } from 'vitest';
import { controller } from '../../checks/nest/controller.ts';
import { describeNest, hello } from '../../checks/nest/describe-nest.ts';
import { decorate } from '../../checks/nest/nest-app.ts';

function cyclic(): Record<string, unknown> {
  const self: Record<string, unknown> = { big: 1n };
  self['self'] = self;
  return self;
}

describeNest('errors', (start, _platform) => {
  const throwing = (thrown: unknown, ...decorators: unknown[]): Type =>
    controller({
      fail: [
        [Get('fail'), ...decorators],
        () => {
          throw thrown;
        },
      ],
    });

  it.each([
    [
      'a 404',
      new NotFoundException('No such lamp'),
      { title: 'Not Found', status: 404, detail: 'No such lamp' },
    ],
    [
      'a 400 of a pipe',
      new BadRequestException(['a', 'b']),
      { title: 'Bad Request', status: 400, errors: ['a', 'b'] },
    ],
    [
      'a sentence that begins as that of an unknown route',
      new HttpException('Cannot DELETE a paid order', 409),
      { title: 'Conflict', status: 409, detail: 'Cannot DELETE a paid order' },
    ],
    ['a phrase', new BadRequestException(), { title: 'Bad Request', status: 400 }],
    [
      'members of its own',
      new HttpException({ code: 'sold-out', title: 'x', status: 1, requestId: 'y' }, 409),
      { title: 'Conflict', status: 409, code: 'sold-out' },
    ],
    ['what has no JSON', new HttpException(cyclic(), 409), { title: 'Conflict', status: 409 }],
    [
      'a text',
      new HttpException('Slow down', 429),
      { title: 'Too Many Requests', status: 429, detail: 'Slow down' },
    ],
  ])('keep the status of an HttpException and what it says to the client: %s', async (_, thrown, problem) => {
    const log: unknown[] = [];
    const ask = await start(
      { controllers: [throwing(thrown)] },
      { onError: (error) => void log.push(error) },
    );
    const response = await ask('/fail');
    expect(response.status).toBe(problem.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      requestId: expect.stringMatching(/^[\w-]{36}$/),
      ...problem,
    });
    expect(log).toEqual([]);
  });

  it.each([
    [500, new InternalServerErrorException('hunter2 in the message')],
    [503, new ServiceUnavailableException({ password: 'hunter2' })],
    [500, new Error('hunter2')],
    [500, Object.assign(new Error('hunter2'), { statusCode: 404 })],
    [500, Object.assign(new SyntaxError('Unexpected token in "hunter2"'), {})],
    [500, new HttpException('hunter2', 200)],
    [500, null],
    [500, 'hunter2'],
  ])('of %s show nothing of %s, and are logged as they were thrown (CWE-209)', async (status, thrown) => {
    const log: unknown[] = [];
    const ask = await start(
      { controllers: [throwing(thrown)] },
      { onError: (error) => void log.push(error) },
    );
    const response = await ask('/fail');
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/hunter2|password/);
    expect(log).toEqual([thrown]);
  });

  it('of middleware show nothing either, whatever Nest makes of a SyntaxError (CWE-209)', async () => {
    const ask = await start({ controllers: [hello] }, {}, {}, (app) => {
      app.use('/hello', () => JSON.parse('hunter2'));
    });
    const response = await ask('/hello');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
  });

  it('of a URL without a route do not repeat it', async () => {
    const ask = await start({ controllers: [hello] });
    const response = await ask('/<script>alert(1)</script>');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      ...{ type: 'about:blank', title: 'Not Found', status: 404 },
      requestId: expect.any(String),
    });
  });

  it("go to the application's own filters first, wherever they are", async () => {
    const filter = (name: string, catches: unknown[]): Type<ExceptionFilter> => {
      class Own implements ExceptionFilter {
        catch(
          _error: unknown,
          host: { getArgByIndex(index: number): { status(code: number): { send(body: string): void } } },
        ): void {
          host.getArgByIndex(1).status(418).send(name);
        }
      }
      Reflect.defineMetadata('__filterCatchExceptions__', catches, Own);
      return Own;
    };
    const OwnRoot = filter('root', [RangeError]);
    const ask = await start(
      {
        providers: [{ provide: APP_FILTER, useClass: OwnRoot }],
        controllers: [
          controller({
            fail: [
              [Get('root')],
              () => {
                throw new RangeError();
              },
            ],
          }),
          controller({
            fail: [
              [Get('main')],
              () => {
                throw new EvalError();
              },
            ],
          }),
          controller({
            fail: [
              [Get('route'), UseFilters(filter('route', []))],
              () => {
                throw new Error();
              },
            ],
          }),
          controller({
            fail: [
              [Get('none')],
              () => {
                throw new TypeError('hunter2');
              },
            ],
          }),
        ],
      },
      {},
      {},
      (app) => {
        const OwnMain = filter('main', [EvalError]);
        app.useGlobalFilters(new OwnMain());
      },
    );
    for (const name of ['root', 'main', 'route']) expect(await (await ask(`/${name}`)).text()).toBe(name);
    const other = await ask('/none');
    expect(other.status).toBe(500);
    expect(await other.text()).not.toContain('hunter2');
  });

  it('of a refusal in an interceptor, a guard and a request-scoped provider are problems', async () => {
    const fails = {
      canActivate: (): never => {
        throw new Error('hunter2');
      },
    } satisfies CanActivate;
    const intercepts = {
      intercept: (_: unknown, next: CallHandler) =>
        next.handle().pipe(
          map(() => {
            throw new Error('hunter2');
          }),
        ),
    };
    class Needed {
      constructor() {
        throw new Error('hunter2');
      }
    }
    Reflect.defineMetadata('scope:options', { scope: Scope.REQUEST }, Needed);
    class Scoped {
      hello(): string {
        return 'x';
      }
    }
    Reflect.defineMetadata('design:paramtypes', [Needed], Scoped);
    decorate(Scoped, 'hello', [Get('scoped')]);
    Controller()(Scoped);
    const ask = await start({
      providers: [Needed],
      controllers: [
        controller({
          a: [[Get('guarded'), UseGuards(fails)], () => 'x'],
          b: [[Get('intercepted'), UseInterceptors(intercepts)], () => 'x'],
        }),
        Scoped,
      ],
    });
    for (const path of ['/guarded', '/intercepted', '/scoped']) {
      const response = await ask(path);
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.text()).not.toContain('hunter2');
    }
  });
});
