/**
 * react-router 6 and 7, Remix 2, vue-router 4, wouter. Documentation:
 * https://reactrouter.com/api/hooks/useSearchParams
 */
import type { Models } from '../../../models/model.ts';

const packages = [
  'react-router',
  'react-router-dom',
  '@remix-run/react',
  '@remix-run/router',
  '@remix-run/node',
  '@remix-run/server-runtime',
];

export const clientRouters: Models = {
  language: 'javascript',
  types: [
    ...packages.flatMap((name) => [
      ['router.Module', name, ''] as const,
      [
        'router.Arguments',
        name,
        'Member[LoaderFunctionArgs,ActionFunctionArgs,LoaderArgs,ActionArgs].Instance',
      ] as const,
      ['router.Arguments', name, 'Member[LoaderFunction,ActionFunction].Instance.Parameter[0]'] as const,
    ]),
    ['web.Request', 'router.Arguments', 'Member[request]'],
    ['vue.Route', 'vue-router', 'Member[useRoute].ReturnValue'],
    ['vue.Route', 'vue-router', 'Member[RouteLocationNormalized,RouteLocationNormalizedLoaded].Instance'],
  ],
  sources: [
    ['router.Module', 'Member[useParams].ReturnValue', 'browser'],
    ['router.Module', 'Member[useSearchParams].ReturnValue.Member[0]', 'browser'],
    ['router.Module', 'Member[useLocation].ReturnValue.Member[search,hash,pathname]', 'browser'],
    ['router.Arguments', 'Member[params]', 'remote'],
    ['wouter', 'Member[useParams,useSearch].ReturnValue', 'browser'],
    ['vue.Route', 'Member[query,params,hash,fullPath]', 'browser'],
  ],
  sinks: [['router.Module', 'Member[redirect,redirectDocument].Argument[0]', 'redirect']],
  guesses: [['vue.Route', ['$route']]],
};
