/**
 * Next.js 13 to 16: pages API, route handlers, server functions, navigation. Documentation:
 * https://nextjs.org/docs/app/api-reference
 */
import { scriptFile, verbExports } from '../../models/conventions.ts';
import type { Models } from '../../models/model.ts';

export const next: Models = {
  language: 'javascript',
  types: [
    ['express.Request', 'next', 'Member[NextApiRequest].Instance'],
    ['express.Response', 'next', 'Member[NextApiResponse].Instance'],
    ['express.Request', 'next', 'Member[NextApiHandler].Instance.Parameter[0]'],
    ['express.Response', 'next', 'Member[NextApiHandler].Instance.Parameter[1]'],
    ['next.Request', 'next/server', 'Member[NextRequest].Instance'],
    ['next.Request', 'next/server', 'Member[NextMiddleware].Instance.Parameter[0]'],
    ['web.Request', 'next.Request', ''],
    ['next.ServerProps', 'next', 'Member[GetServerSidePropsContext].Instance'],
    ['next.ServerProps', 'next', 'Member[GetServerSideProps].Instance.Parameter[0]'],
    ['http.IncomingMessage', 'next.ServerProps', 'Member[req]'],
    ['http.ServerResponse', 'next.ServerProps', 'Member[res]'],
    ['next.Cookies', 'next.Request', 'Member[cookies]'],
    ['next.Cookies', 'next/headers', 'Member[cookies].ReturnValue'],
    ['next.Router', 'next/navigation', 'Member[useRouter].ReturnValue'],
    ['next.Router', 'next/router', 'Member[useRouter].ReturnValue'],
    ['next.Router', 'next/router', 'Member[default]'],
    ['next.SearchParams', 'next/navigation', 'Member[useSearchParams].ReturnValue'],
    ['web.ResponseClass', 'next/server', 'Member[NextResponse]'],
  ],
  sources: [
    // Not `nextUrl` itself: a redirect to its clone stays on the site.
    ['next.Request', 'Member[nextUrl].Member[searchParams,search,pathname,href]', 'remote'],
    ['next.ServerProps', 'Member[query,params,resolvedUrl]', 'remote'],
    ['next.ServerProps', 'Member[req].Member[cookies]', 'remote'],
    ['next.Cookies', 'Member[get,getAll].ReturnValue', 'remote'],
    ['next/headers', 'Member[headers].ReturnValue.Member[get,entries,values].ReturnValue', 'remote'],
    ['next.SearchParams', 'Member[get,getAll,toString,entries,values].ReturnValue', 'browser'],
    ['next/navigation', 'Member[useParams].ReturnValue', 'browser'],
    ['next/router', 'Member[useRouter].ReturnValue.Member[query,asPath]', 'browser'],
  ],
  sinks: [
    ['next/navigation', 'Member[redirect,permanentRedirect].Argument[0]', 'redirect'],
    ['next.Router', 'Member[push,replace].Argument[0]', 'redirect'],
    ['next/server', 'Member[NextResponse].Member[rewrite].Argument[0]', 'ssrf'],
  ],
  files: [
    [`(?:^|/)app/(?:.*/)?(?:page|layout)${scriptFile}`, ['default', 'generateMetadata'], 'next.Page'],
    [`(?:^|/)app/(?:.*/)?route${scriptFile}`, verbExports, 'next.RouteHandler'],
    [`(?:^|/)pages/api/.*${scriptFile}`, ['default'], 'next.ApiHandler'],
    [`(?:^|/)pages/.*${scriptFile}`, ['getServerSideProps'], 'next.PropsGetter'],
    [`(?:^|/)(?:src/)?middleware${scriptFile}`, ['default', 'middleware'], 'next.RouteHandler'],
  ],
  directives: [['use server', 'next.ServerFunction']],
  presence: [{ types: 'web', packages: ['next'], isServer: true }],
  traits: [
    ['next.RouteHandler', '', 'found-by-file'],
    ['next.ApiHandler', '', 'found-by-file'],
    ['next.ServerFunction', '', 'found-by-file'],
  ],
};
