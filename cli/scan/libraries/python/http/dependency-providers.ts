/**
 * dependency_injector 4: what the attributes of a container make, from what, and where it is injected.
 * `callgraph/framework/container-providers.ts` defines the types `provider.<Action>`.
 * https://python-dependency-injector.ets-labs.org/providers/
 */
import type { Models } from '../../../models/model.ts';

const makers =
  'Factory,Singleton,ThreadSafeSingleton,ThreadLocalSingleton,ContextLocalSingleton,Resource,Callable,Coroutine';

export const dependencyProviders: Models = {
  language: 'python',
  types: [
    ['provider.Make', 'dependency_injector.providers', `Member[${makers}]`],
    ['provider.Hold', 'dependency_injector.providers', 'Member[Object]'],
    ['provider.Inject', 'dependency_injector.wiring', 'Member[Provide,Closing]'],
  ],
};
