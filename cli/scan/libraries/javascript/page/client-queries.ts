/**
 * Hooks by which pages query servers: TanStack Query 4 and 5 (React, Preact, Solid, Vue), SWR 2, RTK Query 2, Apollo
 * Client 3 and 4, vue-apollo 4, urql 4. Documentation: https://tanstack.com/query, https://swr.vercel.app,
 * https://redux-toolkit.js.org/rtk-query, https://www.apollographql.com/docs/react,
 * https://commerce.nearform.com/open-source/urql
 */
import type { Condition, Models } from '../../../models/model.ts';

type Summary = NonNullable<Models['summaries']>[number];

/** Without `select`, the data is the result of the query's function. */
const unselected: Condition = { at: 'Argument[0].Member[select]', orAbsent: true };

const queries = 'Member[useQuery,useSuspenseQuery,createQuery]';
const endless = 'Member[useInfiniteQuery,useSuspenseInfiniteQuery,createInfiniteQuery]';
const mutations = 'Member[useMutation,createMutation]';
const given = 'Argument[0].Member[queryFn].ReturnValue';
const page = 'Member[pages].Element';

/** @param data the path from the result of a hook to the data */
function tanstack(name: string, data: string): readonly Summary[] {
  return [
    [name, 'Member[queryOptions,infiniteQueryOptions]', 'Argument[0]', 'ReturnValue', 'value'],
    [name, queries, given, data, 'value', unselected],
    [name, queries, given, 'Argument[0].Member[select].Parameter[0]', 'value'],
    [name, queries, 'Argument[0].Member[select].ReturnValue', data, 'value'],
    [name, queries, given, 'Argument[0].Member[onSuccess].Parameter[0]', 'value'],
    [name, endless, given, `${data}.${page}`, 'value', unselected],
    [name, endless, given, `Argument[0].Member[select].Parameter[0].${page}`, 'value'],
    [name, endless, 'Argument[0].Member[select].ReturnValue', data, 'value'],
    [name, mutations, 'Argument[0].Member[mutationFn].ReturnValue', data, 'value'],
    [
      name,
      mutations,
      'Argument[0].Member[mutationFn].ReturnValue',
      'Argument[0].Member[onSuccess,onSettled].Parameter[0]',
      'value',
    ],
    // The positional form of version 4.
    [name, 'Member[useQuery]', 'Argument[1].ReturnValue', data, 'value'],
    [name, 'Member[QueryClient].Instance.Member[fetchQuery,ensureQueryData]', given, 'ReturnValue', 'value'],
    [
      name,
      'Member[useQueryClient].ReturnValue.Member[fetchQuery,ensureQueryData]',
      given,
      'ReturnValue',
      'value',
    ],
  ];
}

export const clientQueries: Models = {
  language: 'javascript',
  types: [
    ['swr.Hook', 'swr', ''],
    ['swr.Hook', 'swr', 'Member[useSWR]'],
    ['swr.Hook', 'swr/immutable', ''],
  ],
  sources: [
    ['@reduxjs/toolkit/query', 'Member[createApi].ReturnValue.AnyMember.ReturnValue.Member[data]', 'stored'],
    [
      '@reduxjs/toolkit/query/react',
      'Member[createApi].ReturnValue.AnyMember.ReturnValue.Member[data]',
      'stored',
    ],
    [
      '@apollo/client',
      'Member[useQuery,useSuspenseQuery,useFragment,useSubscription].ReturnValue.Member[data]',
      'stored',
    ],
    ['@apollo/client', 'Member[useLazyQuery,useMutation].ReturnValue.Member[1].Member[data]', 'stored'],
    [
      '@apollo/client/react',
      'Member[useQuery,useSuspenseQuery,useFragment,useSubscription].ReturnValue.Member[data]',
      'stored',
    ],
    ['@apollo/client/react', 'Member[useLazyQuery,useMutation].ReturnValue.Member[1].Member[data]', 'stored'],
    ['@vue/apollo-composable', 'Member[useQuery].ReturnValue.Member[result]', 'stored'],
    ['urql', 'Member[useQuery,useMutation,useSubscription].ReturnValue.Member[0].Member[data]', 'stored'],
    ['@urql/vue', 'Member[useQuery,useMutation,useSubscription].ReturnValue.Member[data]', 'stored'],
  ],
  summaries: [
    ...['@tanstack/react-query', '@tanstack/preact-query', '@tanstack/solid-query', 'react-query'].flatMap(
      (name) => tanstack(name, 'ReturnValue.Member[data]'),
    ),
    ...['@tanstack/vue-query', 'vue-query'].flatMap((name) =>
      tanstack(name, 'ReturnValue.Member[data].Member[value]'),
    ),
    ['swr.Hook', '', 'Argument[1].ReturnValue', 'ReturnValue.Member[data]', 'value'],
    ['swr.Hook', '', 'Argument[1].ReturnValue', 'Argument[2].Member[onSuccess].Parameter[0]', 'value'],
    ['swr/infinite', '', 'Argument[1].ReturnValue', 'ReturnValue.Member[data].Element', 'value'],
    ['swr/mutation', '', 'Argument[1].ReturnValue', 'ReturnValue.Member[data]', 'value'],
    ['swr/mutation', '', 'Argument[1].ReturnValue', 'Argument[2].Member[onSuccess].Parameter[0]', 'value'],
  ],
};
