import type { Evidence } from '../check/outcome.ts';
import type { Subject } from '../subject/subject.ts';
import { composeView } from './container/compose-file.ts';
import { kubernetesManifests, workloadsOf } from './kubernetes/read-manifests.ts';
import { nginxView } from './nginx/nginx-view.ts';

/** Files that only a platform reads which ends TLS itself. */
const platform =
  /(^|\/)(fly\.toml|render\.ya?ml|app\.ya?ml|vercel\.json|netlify\.toml|serverless\.ya?ml|railway\.(json|toml)|heroku\.yml|Procfile|Caddyfile|haproxy\.cfg|traefik\.(ya?ml|toml)|envoy\.ya?ml)$/i;

/** Each is a kind of file, and what in it speaks of TLS that something in front ends. */
const hints: readonly (readonly [file: RegExp, text: RegExp])[] = [
  [
    /\.tf$/,
    /"(aws_(lb|alb|elb|cloudfront_distribution|apigatewayv2_api|lightsail_lb)|google_compute_(global_|region_)?(url_map|target_https_proxy)|azurerm_(application_gateway|frontdoor\w*|cdn_\w+)|cloudflare_\w+|hcloud_load_balancer|digitalocean_loadbalancer)"/,
  ],
  [
    /\.(ya?ml|json|template)$/,
    /AWS::(ElasticLoadBalancing|CloudFront|ApiGateway)|\b(traefik|caddy|haproxy|envoyproxy|cloudflared)\b/i,
  ],
  [
    /\.md$/i,
    /load[- ]?balancer|\bTLS\b[^.\n]{0,40}\b(ends|terminat)|\bterminat\w+ (TLS|SSL|HTTPS)|reverse proxy|\b(Cloudflare|CloudFront|Traefik|Caddy|HAProxy)\b/i,
  ],
];

const says = /http_x_forwarded_proto|real_ip_header|set_real_ip_from|proxy_protocol|\$http_cf_/;
const mostFiles = 2000;

/** What suggests that something in front of the servers of the project ends TLS. */
export function tlsInFront(subject: Subject): Evidence | undefined {
  if (!found.has(subject)) found.set(subject, look(subject));
  return found.get(subject);
}

const found = new WeakMap<Subject, Evidence | undefined>();

function look(subject: Subject): Evidence | undefined {
  const { manifests, gaps } = kubernetesManifests(subject);
  const [pod] = workloadsOf(manifests);
  if (pod) return { text: `${pod.manifest.kind} of Kubernetes`, path: pod.manifest.path, line: 1 };
  const [gap] = [...gaps, ...composeView(subject).gaps];
  if (gap) return gap;
  const own = subject.paths.find((path) => platform.test(path));
  if (own !== undefined) return { text: own, path: own, line: 1 };
  for (const path of nginxView(subject).files) {
    const seen = match(subject, path, says);
    if (seen) return seen;
  }
  for (const [file, text] of hints) {
    for (const path of subject.paths.filter((one) => file.test(one)).slice(0, mostFiles)) {
      const seen = match(subject, path, text);
      if (seen) return seen;
    }
  }
  return undefined;
}

function match(subject: Subject, path: string, pattern: RegExp): Evidence | undefined {
  const text = subject.read(path);
  const at = text === undefined ? -1 : text.search(pattern);
  if (text === undefined || at < 0) return undefined;
  const line = text.slice(0, at).split('\n').length;
  return { text: (text.split('\n')[line - 1] ?? '').trim().slice(0, 160), path, line };
}
