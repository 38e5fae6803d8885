/**
 * Containers that return under a key what is registered under it elsewhere. A type `container.<Action>` is a function
 * that does so for classes, `context.<Action>` one that does so for components; `callgraph/framework/registry-calls.ts`
 * defines the actions. NestJS 10 and 11, Angular 17 to 21, tsyringe 4, inversify 6 and 7, typedi 0.10, awilix 12, React
 * 18 and 19, Preact 10, Vue 3, Svelte 4 and 5.
 */

import type { HostId } from '../../../languages/language-id.ts';
import type { Models } from '../../../models/model.ts';

/** The language of the dependency-injection containers and UI contexts in this file. */
export const registryHost: HostId = 'javascript';

/**
 * Packages with dependency-injection containers (`inversify`), or with contexts that UI components share (`react`). In a
 * program that imports none of them, the scanner does not look for registrations.
 */
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

/**
 * Names of a dependency-injection container's members that hold everything registered in it: `container.cradle` of awilix.
 */
export const wholeMembers: ReadonlySet<string> = new Set(['cradle']);

export const registries: Models = {
  language: 'javascript',
  types: [
    ['container.Inject', '@nestjs/common', 'Member[Inject]'],
    ['nest.Container', '@nestjs/core', 'Member[ModuleRef].Instance'],
    [
      'nest.Container',
      '@nestjs/core',
      'Member[NestFactory].Member[create,createApplicationContext,createMicroservice].ReturnValue',
    ],
    ['container.Take', 'nest.Container', 'Member[get,resolve,create]'],

    ['container.Inject', '@angular/core', 'Member[Inject]'],
    ['container.Take', '@angular/core', 'Member[inject]'],
    ['container.Take', '@angular/core', 'Member[Injector,EnvironmentInjector].Instance.Member[get]'],

    ['container.Inject', 'tsyringe', 'Member[inject,injectAll]'],
    ['tsyringe.Container', 'tsyringe', 'Member[container]'],
    ['tsyringe.Container', 'tsyringe', 'Member[DependencyContainer].Instance'],
    [
      'tsyringe.Container',
      'tsyringe.Container',
      'Member[createChildContainer,register,registerInstance,registerSingleton,registerType].ReturnValue',
    ],
    ['container.Take', 'tsyringe.Container', 'Member[resolve,resolveAll]'],
    ['container.PutProvider', 'tsyringe.Container', 'Member[register]'],
    ['container.PutValue', 'tsyringe.Container', 'Member[registerInstance]'],
    ['container.PutClass', 'tsyringe.Container', 'Member[registerSingleton]'],
    ['container.PutExisting', 'tsyringe.Container', 'Member[registerType]'],

    ['container.Inject', 'inversify', 'Member[inject,multiInject]'],
    ['inversify.Container', 'inversify', 'Member[Container].Instance'],
    ['container.Take', 'inversify.Container', 'Member[get,getAsync,getAll]'],
    ['inversify.Binding', 'inversify.Container', 'Member[bind,rebind,rebindSync].ReturnValue'],
    ['inversify.Binding', 'inversify', 'Member[ContainerModule].Argument[0].Parameter[0].ReturnValue'],
    [
      'inversify.Binding',
      'inversify',
      'Member[ContainerModule].Argument[0].Parameter[0].Member[bind].ReturnValue',
    ],
    ['container.BindClass', 'inversify.Binding', 'Member[to]'],
    ['container.BindValue', 'inversify.Binding', 'Member[toConstantValue]'],
    ['container.BindFactory', 'inversify.Binding', 'Member[toDynamicValue]'],
    ['container.BindExisting', 'inversify.Binding', 'Member[toService]'],

    ['container.Inject', 'typedi', 'Member[Inject,InjectMany]'],
    ['container.Service', 'typedi', 'Member[Service]'],
    ['typedi.Container', 'typedi', 'Member[Container]'],
    ['typedi.Container', 'typedi.Container', 'Member[of,set].ReturnValue'],
    ['container.Take', 'typedi.Container', 'Member[get,getMany]'],
    ['container.PutService', 'typedi.Container', 'Member[set]'],

    ['awilix.Container', 'awilix', 'Member[createContainer].ReturnValue'],
    ['awilix.Container', 'awilix', 'Member[AwilixContainer].Instance'],
    ['awilix.Container', '@fastify/awilix', 'Member[diContainer,diContainerClassic,diContainerProxy]'],
    // awilix-express, @fastify/awilix
    ['awilix.Container', 'express.Request', 'Member[container]'],
    ['awilix.Container', 'fastify.Request', 'Member[diScope]'],
    ['awilix.Container', 'fastify.Instance', 'Member[diContainer]'],
    ['awilix.Container', 'awilix.Container', 'Member[createScope,register].ReturnValue'],
    ['container.Take', 'awilix.Container', 'Member[resolve]'],
    ['container.PutResolvers', 'awilix.Container', 'Member[register]'],
    ['container.All', 'awilix.Container', 'Member[cradle]'],
    ['container.ResolverClass', 'awilix', 'Member[asClass]'],
    ['container.ResolverFunction', 'awilix', 'Member[asFunction]'],
    ['container.ResolverValue', 'awilix', 'Member[asValue]'],

    ['react.Context', 'react', 'Member[createContext].ReturnValue'],
    ['react.Context', 'preact', 'Member[createContext].ReturnValue'],
    ['context.Provider', 'react.Context', 'Member[Provider]'],
    ['context.Component', 'react', 'Member[createContext].ReturnValue'],
    ['context.Take', 'react', 'Member[useContext,use]'],
    ['context.Take', 'preact/hooks', 'Member[useContext]'],

    ['context.PutValue', 'vue', 'Member[provide]'],
    ['context.PutValue', 'vue', 'Member[createApp,createSSRApp].ReturnValue.Member[provide]'],
    ['context.Take', 'vue', 'Member[inject]'],

    ['context.PutValue', 'svelte', 'Member[setContext]'],
    ['context.Take', 'svelte', 'Member[getContext]'],
  ],
};
