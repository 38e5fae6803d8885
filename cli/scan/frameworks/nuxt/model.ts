/** Nuxt 3 and 4, in pages: composables that query servers. Documentation: https://nuxt.com/docs/api */
import type { Condition, Models } from '../../models/model.ts';

/** Without `transform`, the data is the response of the server. */
function untransformed(options: number): Condition {
  return { at: `Argument[${options}].Member[transform]`, orAbsent: true };
}

const data = 'ReturnValue.Member[data].Member[value]';
const asyncData = 'Member[useAsyncData,useLazyAsyncData]';
const fetches = 'Member[useFetch,useLazyFetch]';

/**
 * The names that Nuxt imports into each file automatically. Lists only the names that the models in this file use. Vue's
 * `ref` and similar functions are missing, because the template front end defines them.
 */
export const autoImported: readonly string[] = [
  '$fetch',
  'useFetch',
  'useLazyFetch',
  'useAsyncData',
  'useLazyAsyncData',
  'useRoute',
  'useRequestURL',
  'navigateTo',
  'reactive',
  'shallowReactive',
  'readonly',
  'shallowReadonly',
  'markRaw',
  'toRaw',
  'toRefs',
  'unref',
  'toValue',
];

export const nuxt: Models = {
  language: 'javascript',
  types: [
    // Its own functions and Vue's are auto-imported in all files.
    ...['global', '#imports', '#app', 'nuxt/app'].map((name) => ['nuxt.Module', name, ''] as const),
    ['vue.Route', 'nuxt.Module', 'Member[useRoute].ReturnValue'],
  ],
  sources: [
    ['nuxt.Module', `${fetches}.ReturnValue`, 'stored', untransformed(1)],
    ['nuxt.Module', `${fetches}.Argument[1].Member[transform].Parameter[0]`, 'stored'],
    ['nuxt.Module', 'Member[$fetch].ReturnValue', 'stored'],
    [
      'nuxt.Module',
      'Member[useRequestURL].ReturnValue.Member[searchParams,search,pathname,hash,href]',
      'browser',
    ],
    ['@vueuse/core', 'Member[useUrlSearchParams].ReturnValue', 'browser'],
    ['@vueuse/router', 'Member[useRouteQuery,useRouteParams,useRouteHash].ReturnValue', 'browser'],
    // VueUse: a chain of calls has the same result.
    ['@vueuse/core', 'Member[useFetch].ReturnValue.Member[data]', 'stored'],
    [
      '@vueuse/core',
      'Member[useFetch].ReturnValue.Member[get,post,put,json,text].ReturnValue.Member[data]',
      'stored',
    ],
    [
      '@vueuse/core',
      'Member[useFetch].ReturnValue.Member[get,post,put].ReturnValue.Member[json,text].ReturnValue.Member[data]',
      'stored',
    ],
  ],
  sinks: [
    [
      'nuxt.Module',
      'Member[navigateTo].Argument[0]',
      'redirect',
      { at: 'Argument[1].Member[external]', is: [true] },
    ],
  ],
  summaries: [
    ['nuxt.Module', fetches, 'Argument[1].Member[transform].ReturnValue', data, 'value'],
    ['nuxt.Module', asyncData, 'Argument[0].ReturnValue', data, 'value', untransformed(1)],
    ['nuxt.Module', asyncData, 'Argument[1].ReturnValue', data, 'value', untransformed(2)],
    [
      'nuxt.Module',
      asyncData,
      'Argument[1].ReturnValue',
      'Argument[2].Member[transform].Parameter[0]',
      'value',
    ],
    ['nuxt.Module', asyncData, 'Argument[2].Member[transform].ReturnValue', data, 'value'],
  ],
  presence: [{ types: 'web', packages: ['nuxt'], isServer: true }],
};
