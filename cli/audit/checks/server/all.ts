import type { Check } from '../../check/check.ts';
import { check as apacheHsts } from './apache-hsts/check.ts';
import { check as apacheRedirect } from './apache-redirect/check.ts';
import { check as caddyFiles } from './caddy-files/check.ts';
import { check as caddyHsts } from './caddy-hsts/check.ts';
import { check as caddyRedirect } from './caddy-redirect/check.ts';
import { check as caddyTokens } from './caddy-tokens/check.ts';
import { check as compose } from './compose/check.ts';
import { check as composeDatabaseRole } from './compose-database-role/check.ts';
import { check as composeEgress } from './compose-egress/check.ts';
import { check as dockerImages } from './docker-images/check.ts';
import { check as dockerSecrets } from './docker-secrets/check.ts';
import { check as dockerUser } from './docker-user/check.ts';
import { check as firewallMetadata } from './firewall-metadata/check.ts';
import { check as firewallRules } from './firewall-rules/check.ts';
import { check as imds } from './imds/check.ts';
import { check as ingressRedirect } from './ingress-redirect/check.ts';
import { check as ingressTokens } from './ingress-tokens/check.ts';
import { check as kubernetesEgress } from './kubernetes-egress/check.ts';
import { check as kubernetesMetadata } from './kubernetes-metadata/check.ts';
import { check as kubernetesPods } from './kubernetes-pods/check.ts';
import { check as nginxAlias } from './nginx-alias/check.ts';
import { check as nginxCsp } from './nginx-csp/check.ts';
import { check as nginxDotFiles } from './nginx-dot-files/check.ts';
import { check as nginxHsts } from './nginx-hsts/check.ts';
import { check as nginxListing } from './nginx-listing/check.ts';
import { check as nginxProxy } from './nginx-proxy/check.ts';
import { check as nginxRedirect } from './nginx-redirect/check.ts';
import { check as nginxTls } from './nginx-tls/check.ts';
import { check as nginxTokens } from './nginx-tokens/check.ts';
import { check as platformRedirect } from './platform-redirect/check.ts';
import { check as securityGroups } from './security-groups/check.ts';
import { check as systemdEgress } from './systemd-egress/check.ts';
import { check as systemdUser } from './systemd-user/check.ts';
import { check as traefikHsts } from './traefik-hsts/check.ts';
import { check as traefikRedirect } from './traefik-redirect/check.ts';

/** What files say of the server, its containers, its service and its network. */
export const serverChecks: readonly Check[] = [
  nginxTokens,
  nginxRedirect,
  nginxHsts,
  nginxTls,
  nginxListing,
  nginxCsp,
  nginxDotFiles,
  nginxAlias,
  nginxProxy,
  caddyTokens,
  caddyRedirect,
  caddyHsts,
  caddyFiles,
  dockerUser,
  dockerImages,
  dockerSecrets,
  compose,
  composeDatabaseRole,
  composeEgress,
  ingressRedirect,
  ingressTokens,
  kubernetesPods,
  kubernetesEgress,
  kubernetesMetadata,
  systemdUser,
  systemdEgress,
  firewallRules,
  firewallMetadata,
  securityGroups,
  imds,
  traefikHsts,
  traefikRedirect,
  platformRedirect,
  apacheRedirect,
  apacheHsts,
];
