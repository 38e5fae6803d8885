import type {
  DynamicModule,
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
} from '@nestjs/common';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { nestCore } from './nest-core.ts';
import { type BulwarkOptions, bulwarkOptions } from './options.ts';
import { setUp } from './set-up.ts';

/** How the options are made by the application's own providers. */
export interface BulwarkAsyncOptions {
  /** The modules that export what `inject` names. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly inject?: readonly (InjectionToken | OptionalFactoryDependency)[];
  // biome-ignore lint/suspicious/noExplicitAny: what `inject` names, as in Nest's own modules.
  readonly useFactory: (...injected: any[]) => BulwarkOptions | Promise<BulwarkOptions>;
}

/** Where the options are among the providers. */
const optionsToken = Symbol('bulwark.options');

/** Sets up the application once its options are known, while it is created: in front of what main.ts adds. */
class BulwarkSetUp {}

/**
 * The first import of a Nest application, over Express or Fastify: the request's context for events, security headers, and a
 * Content-Security-Policy with a nonce, and errors as problem+json without their message (CWE-209). It takes effect for every request, in front of
 * Nest's body parsers, middleware and guards. Your own exception filters stay in front of its own.
 *
 * @example
 * ```ts
 * import { BulwarkModule } from 'bulwark/nest';
 *
 * // @Module({ imports: [BulwarkModule.forRoot({ trustedProxies: 1 }), ...] })
 * export const first = BulwarkModule.forRoot({ trustedProxies: 1 });
 * ```
 */
// biome-ignore lint/complexity/noStaticOnlyClass: the form of a module of Nest.
export class BulwarkModule {
  /** @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw */
  static forRoot(options: BulwarkOptions = {}): DynamicModule {
    // Now, where the mistake is written. The values are checked when the application is created.
    bulwarkOptions(options);
    return moduleWith({ inject: [], useFactory: () => options });
  }

  /**
   * The same with options that other providers make: a session store that shares the application's connections, a configuration.
   *
   * @example
   * ```ts
   * import { BulwarkModule } from 'bulwark/nest';
   *
   * class Config {
   *   readonly origin: string = 'https://shop.example.com';
   * }
   *
   * BulwarkModule.forRootAsync({ inject: [Config], useFactory: ({ origin }: Config) => ({ origin }) });
   * ```
   */
  static forRootAsync(options: BulwarkAsyncOptions): DynamicModule {
    const { imports, inject, useFactory } = knownOptions(options, ['imports', 'inject', 'useFactory']);
    if (typeof useFactory !== 'function') {
      throw new Misuse(
        'bulwark/invalid-option',
        'forRootAsync takes useFactory, a function that returns the options.',
      );
    }
    return moduleWith({ ...(imports && { imports }), inject: [...(inject ?? [])], useFactory });
  }
}

interface Made extends Pick<ModuleMetadata, 'imports'> {
  readonly inject: (InjectionToken | OptionalFactoryDependency)[];
  // biome-ignore lint/suspicious/noExplicitAny: what `inject` names.
  readonly useFactory: (...injected: any[]) => BulwarkOptions | Promise<BulwarkOptions>;
}

function moduleWith(made: Made): DynamicModule {
  const inner = setUpModule(made);
  // Nest awaits it later and reports its error. Until then, a rejection would count as unhandled.
  inner.catch(() => undefined);
  return { module: BulwarkModule, imports: [inner] };
}

async function setUpModule({ imports = [], inject, useFactory }: Made): Promise<DynamicModule> {
  const core = await nestCore();
  return {
    module: BulwarkSetUp,
    imports,
    providers: [
      { provide: optionsToken, inject, useFactory },
      {
        provide: BulwarkSetUp,
        inject: [optionsToken, core.HttpAdapterHost, core.ApplicationConfig, core.ModulesContainer],
        useFactory: setUp,
      },
    ],
  };
}
