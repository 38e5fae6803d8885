import {
  All,
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Post,
  Res,
  Scope,
  UseGuards,
  Version,
  VersioningType,
} from '@nestjs/common';
import { expect, it } from 'vitest';
import { controller } from '../../checks/nest/controller.ts';
import { describeNest, hello } from '../../checks/nest/describe-nest.ts';
import { decorate } from '../../checks/nest/nest-app.ts';
import { memoryStore as limitStore, rateLimit } from '../rate-limit/index.ts';
import { keyring } from '../secrets/index.ts';
import { sealedSessions } from '../session/sealed/index.ts';
import { RouteCors, RouteCsp, RouteHeaders, RouteRateLimit, Upload } from './index.ts';

describeNest('decorators', (start, _platform) => {
  const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? '';
  const frames = (host: string) => RouteCsp({ extend: { 'frame-src': [host] } });

  it('of a controller hold for its routes, and a route takes precedence', async () => {
    const maps = controller(
      { one: [[Get('one')], () => 'x'], two: [[Get('two'), RouteCsp(false)], () => 'x'] },
      Controller('maps'),
      frames('https://maps.example'),
      RouteHeaders({ 'X-Frame-Options': false }),
    );
    const ask = await start({ controllers: [maps, hello] });
    const one = await ask('/maps/one');
    expect(policyOf(one)).toContain('https://maps.example');
    expect(one.headers.has('x-frame-options')).toBe(false);
    const two = await ask('/maps/two');
    expect(policyOf(two)).toBe('');
    expect(two.headers.has('x-frame-options')).toBe(false);
    const other = await ask('/hello');
    expect(policyOf(other)).not.toContain('maps.example');
    expect(other.headers.has('x-frame-options')).toBe(true);
  });

  it('of controllers that share a base class are their own', async () => {
    class Base {
      show(): string {
        return 'x';
      }
    }
    decorate(Base, 'show', [Get('show')]);
    class One extends Base {}
    class Two extends Base {}
    class Three extends Base {}
    Controller('one')(One);
    frames('https://one.example')(One);
    Controller('two')(Two);
    frames('https://two.example')(Two);
    Controller('three')(Three);
    const ask = await start({ controllers: [One, Two, Three] });
    expect(policyOf(await ask('/one/show'))).toMatch(/one\.example(?!.*two\.example)/);
    expect(policyOf(await ask('/two/show'))).toMatch(/two\.example(?!.*one\.example)/);
    expect(policyOf(await ask('/three/show'))).not.toMatch(/one\.example|two\.example/);
  });

  it('hold where another decorator puts a function of its own in the place of the method', async () => {
    const traced = (_target: object, _name: string, descriptor: PropertyDescriptor): void => {
      const method = descriptor.value as (...args: unknown[]) => unknown;
      descriptor.value = function (this: unknown, ...args: unknown[]) {
        return method.apply(this, args);
      };
    };
    class Base {
      show(): string {
        return 'base';
      }
      hide(): string {
        return 'base';
      }
    }
    decorate(Base, 'show', [Get('show'), traced, frames('https://base.example')]);
    decorate(Base, 'hide', [Get('hide'), traced, frames('https://base.example')]);
    class Derived extends Base {
      override hide(): string {
        return 'derived';
      }
    }
    decorate(Derived, 'hide', [Get('hide'), traced]);
    Controller('derived')(Derived);
    // Twice, as tests create many applications of the same classes.
    for (const ask of [await start({ controllers: [Derived] }), await start({ controllers: [Derived] })]) {
      expect(policyOf(await ask('/derived/show'))).toContain('base.example');
      const hidden = await ask('/derived/hide');
      expect(await hidden.text()).toBe('derived');
      expect(policyOf(hidden)).not.toContain('base.example');
    }
  });

  it('of one version are not those of another', async () => {
    const first = controller({
      show: [[Get('show'), Version('1'), frames('https://one.example')], () => '1'],
    });
    const second = controller({
      show: [[Get('show'), Version('2'), RouteHeaders({ 'X-Two': '2' })], () => '2'],
    });
    const ask = await start({ controllers: [first, second] }, {}, {}, (app) => {
      app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
    });
    const one = await ask('/show', { headers: { 'x-version': '1' } });
    expect([await one.text(), one.headers.get('x-two')]).toEqual(['1', null]);
    expect(policyOf(one)).toContain('one.example');
    const two = await ask('/show', { headers: { 'x-version': '2' } });
    expect([await two.text(), two.headers.get('x-two')]).toEqual(['2', '2']);
    expect(policyOf(two)).not.toContain('one.example');
  });

  it('hold for @All(), for request-scoped controllers, and beside @Res()', async () => {
    class Needed {}
    Reflect.defineMetadata('scope:options', { scope: Scope.REQUEST }, Needed);
    class Scoped {
      readonly needed: object;
      constructor(needed: object) {
        this.needed = needed;
      }
      show(): string {
        return this.needed.constructor.name;
      }
    }
    Reflect.defineMetadata('design:paramtypes', [Needed], Scoped);
    decorate(Scoped, 'show', [Get('scoped'), frames('https://maps.example')]);
    Controller()(Scoped);
    const ask = await start({
      providers: [Needed],
      controllers: [
        Scoped,
        controller({
          all: [[All('all'), frames('https://maps.example')], () => 'x'],
          res: [
            [Get('res'), frames('https://maps.example')],
            (res: { send(body: string): void }) => res.send('x'),
            Res(),
          ],
        }),
      ],
    });
    for (const [path, method] of [
      ['/scoped', 'GET'],
      ['/all', 'GET'],
      ['/all', 'PUT'],
      ['/res', 'GET'],
    ] as const) {
      const response = await ask(path, { method });
      expect(response.status).toBe(200);
      expect(policyOf(response)).toContain('maps.example');
    }
  });

  it('answer preflights, also below a prefix, and no others', async () => {
    const shared = controller({
      shared: [[Get('shared'), RouteCors({ origins: ['https://app.example'] })], () => 'x'],
      own: [[Get('own')], () => 'x'],
    });
    const ask = await start({ controllers: [shared] }, {}, {}, (app) => void app.setGlobalPrefix('api'));
    const preflight = (origin: string) => ({
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    const origin = 'https://app.example';
    const answered = await ask('/api/shared', preflight(origin));
    expect(answered.status).toBe(204);
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    expect(
      (await ask('/api/shared', { headers: { origin } })).headers.get('access-control-allow-origin'),
    ).toBe(origin);
    for (const [path, from] of [
      ['/api/own', origin],
      ['/api/shared', 'https://evil.example'],
    ] as const) {
      const refused = await ask(path, preflight(from));
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('store no file of a request that a guard refuses', async () => {
    let received = 0;
    const documents = {
      receive: async () => {
        received++;
        return { fields: new Map(), files: {} };
      },
    } as unknown as Parameters<typeof Upload>[0];
    const refuses = {
      canActivate: (context: ExecutionContext) =>
        'x-user' in context.switchToHttp().getRequest<{ headers: object }>().headers,
    } satisfies CanActivate;
    const send = controller({
      send: [
        [Post('send'), Upload(documents), UseGuards(refuses)],
        (body: object) => Object.keys(body),
        Body(),
      ],
    });
    const ask = await start({ controllers: [send] });
    const form = new FormData();
    form.set('a', 'b');
    expect((await ask('/send', { method: 'POST', body: form })).status).toBe(403);
    expect(received).toBe(0);
    const sent = await ask('/send', { method: 'POST', body: form, headers: { 'x-user': 'ann' } });
    expect(await sent.json()).toEqual(['fields', 'files']);
  });

  it('limit before the guards of the application run', async () => {
    let asked = 0;
    const own = { canActivate: () => ++asked > 0 } satisfies CanActivate;
    const limiter = rateLimit({ store: limitStore(), limit: 2, windowSeconds: 60, key: 'address' });
    const limited = controller({
      show: [[Get('show'), RouteRateLimit(limiter), UseGuards(own)], () => 'x'],
    });
    const ask = await start({ controllers: [limited] }, {}, {}, (app) => void app.useGlobalGuards(own));
    expect([(await ask('/show')).status, (await ask('/show')).status]).toEqual([200, 200]);
    const refused = await ask('/show');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(asked).toBe(4);
  });

  it('count by session where the module has one', async () => {
    const session = sealedSessions({ keys: keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==') });
    const limiter = rateLimit({ store: limitStore(), limit: 1, windowSeconds: 60, key: 'session' });
    const limited = controller({ show: [[Get('show'), RouteRateLimit(limiter)], () => 'x'] });
    await expect(start({ controllers: [limited] })).rejects.toThrow(/session/);
    const ask = await start({ controllers: [limited] }, { session });
    expect((await ask('/show')).status).toBe(200);
  });
});
