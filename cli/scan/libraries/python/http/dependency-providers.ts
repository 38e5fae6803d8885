/**
 * dependency_injector 4: what a container's attributes make, of what, and where it is handed out. `link/container-providers.ts`
 * says what a type `provider.<Action>` does. https://python-dependency-injector.ets-labs.org/providers/
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
