/**
 * Containers that hand out under a key what is registered under it elsewhere. A type `registry.<which>.<action>` is a function
 * that does so; `link/registry-calls.ts` says what each action is. `container` are those of classes, `context` those of
 * components. NestJS 10 and 11, Angular 17 to 21, tsyringe 4, inversify 6 and 7, typedi 0.10, awilix 12, React 18 and 19,
 * Preact 10, Vue 3, Svelte 4 and 5.
 */
import type { Models } from '../../model.ts';

/** Without one of these in a program nothing of it is looked for. */
export const registryPackages: ReadonlySet<string> = new Set([
  '@nestjs/common',
  '@nestjs/core',
  '@angular/core',
  'tsyringe',
  'inversify',
  'typedi',
  'awilix',
  'react',
  'preact',
  'preact/hooks',
  'vue',
  'svelte',
]);

export const registries: Models = {
  language: 'javascript',
  types: [
    ['registry.container.inject', '@nestjs/common', 'Member[Inject]'],
    ['nest.Container', '@nestjs/core', 'Member[ModuleRef].Instance'],
    [
      'nest.Container',
      '@nestjs/core',
      'Member[NestFactory].Member[create,createApplicationContext,createMicroservice].ReturnValue',
    ],
    ['registry.container.take', 'nest.Container', 'Member[get,resolve,create]'],

    ['registry.container.inject', '@angular/core', 'Member[Inject]'],
    ['registry.container.take', '@angular/core', 'Member[inject]'],
    ['registry.container.take', '@angular/core', 'Member[Injector,EnvironmentInjector].Instance.Member[get]'],

    ['registry.container.inject', 'tsyringe', 'Member[inject,injectAll]'],
    ['tsyringe.Container', 'tsyringe', 'Member[container]'],
    ['tsyringe.Container', 'tsyringe', 'Member[DependencyContainer].Instance'],
    [
      'tsyringe.Container',
      'tsyringe.Container',
      'Member[createChildContainer,register,registerInstance,registerSingleton,registerType].ReturnValue',
    ],
    ['registry.container.take', 'tsyringe.Container', 'Member[resolve,resolveAll]'],
    ['registry.container.put-provider', 'tsyringe.Container', 'Member[register]'],
    ['registry.container.put-value', 'tsyringe.Container', 'Member[registerInstance]'],
    ['registry.container.put-class', 'tsyringe.Container', 'Member[registerSingleton]'],
    ['registry.container.put-existing', 'tsyringe.Container', 'Member[registerType]'],

    ['registry.container.inject', 'inversify', 'Member[inject,multiInject]'],
    ['inversify.Container', 'inversify', 'Member[Container].Instance'],
    ['registry.container.take', 'inversify.Container', 'Member[get,getAsync,getAll]'],
    ['inversify.Binding', 'inversify.Container', 'Member[bind,rebind,rebindSync].ReturnValue'],
    ['inversify.Binding', 'inversify', 'Member[ContainerModule].Argument[0].Parameter[0].ReturnValue'],
    [
      'inversify.Binding',
      'inversify',
      'Member[ContainerModule].Argument[0].Parameter[0].Member[bind].ReturnValue',
    ],
    ['registry.container.bind-class', 'inversify.Binding', 'Member[to]'],
    ['registry.container.bind-value', 'inversify.Binding', 'Member[toConstantValue]'],
    ['registry.container.bind-factory', 'inversify.Binding', 'Member[toDynamicValue]'],
    ['registry.container.bind-existing', 'inversify.Binding', 'Member[toService]'],

    ['registry.container.inject', 'typedi', 'Member[Inject,InjectMany]'],
    ['registry.container.service', 'typedi', 'Member[Service]'],
    ['typedi.Container', 'typedi', 'Member[Container]'],
    ['typedi.Container', 'typedi.Container', 'Member[of,set].ReturnValue'],
    ['registry.container.take', 'typedi.Container', 'Member[get,getMany]'],
    ['registry.container.put-value', 'typedi.Container', 'Member[set]'],

    ['awilix.Container', 'awilix', 'Member[createContainer].ReturnValue'],
    ['awilix.Container', 'awilix', 'Member[AwilixContainer].Instance'],
    ['awilix.Container', '@fastify/awilix', 'Member[diContainer,diContainerClassic,diContainerProxy]'],
    ['awilix.Container', 'awilix.Container', 'Member[createScope,register].ReturnValue'],
    ['registry.container.take', 'awilix.Container', 'Member[resolve]'],
    ['registry.container.put-resolvers', 'awilix.Container', 'Member[register]'],
    ['registry.container.all', 'awilix.Container', 'Member[cradle]'],
    ['registry.container.resolver-class', 'awilix', 'Member[asClass]'],
    ['registry.container.resolver-function', 'awilix', 'Member[asFunction]'],
    ['registry.container.resolver-value', 'awilix', 'Member[asValue]'],

    ['react.Context', 'react', 'Member[createContext].ReturnValue'],
    ['react.Context', 'preact', 'Member[createContext].ReturnValue'],
    ['registry.context.provider', 'react.Context', 'Member[Provider]'],
    ['registry.context.component', 'react', 'Member[createContext].ReturnValue'],
    ['registry.context.take', 'react', 'Member[useContext,use]'],
    ['registry.context.take', 'preact/hooks', 'Member[useContext]'],

    ['registry.context.put-value', 'vue', 'Member[provide]'],
    ['registry.context.put-value', 'vue', 'Member[createApp,createSSRApp].ReturnValue.Member[provide]'],
    ['registry.context.take', 'vue', 'Member[inject]'],

    ['registry.context.put-value', 'svelte', 'Member[setContext]'],
    ['registry.context.take', 'svelte', 'Member[getContext]'],
  ],
};
