/**
 * The egress proxy for programs in any language; `bulwark-gateway` on the command line.
 *
 * @module
 */
export type {
  CertificateConfig,
  CredentialConfig,
  GatewayConfig,
  GatewayLimits,
  GatewayTls,
  RoleConfig,
} from './config/gateway-config.ts';
export type { ReloadReport } from './reload.ts';
export { type Gateway, startGateway } from './start-gateway.ts';
