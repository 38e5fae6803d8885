/**
 * Where clouds hand out credentials to whoever can reach the address from inside (CWE-918). From the vendors' pages on
 * instance metadata, November 2026. Some of these are public addresses (Azure), some sit in ranges that are private
 * anyway; all are refused whatever the mode.
 */
export const metadataAddresses: readonly { readonly address: string; readonly cloud: string }[] = [
  { address: '169.254.169.254', cloud: 'AWS, Azure, Google, Oracle, DigitalOcean, Hetzner, OpenStack, IBM' },
  { address: '169.254.170.2', cloud: 'AWS ECS task credentials' },
  { address: '169.254.170.23', cloud: 'AWS EKS pod identity' },
  { address: 'fd00:ec2::254', cloud: 'AWS' },
  { address: 'fd00:ec2::23', cloud: 'AWS EKS pod identity' },
  { address: '168.63.129.16', cloud: 'Azure wire server' },
  { address: 'fd20:ce::254', cloud: 'Google' },
  { address: '192.0.0.192', cloud: 'Oracle Classic' },
  { address: 'fd00:c1::a9fe:a9fe', cloud: 'Oracle' },
  { address: '100.100.100.200', cloud: 'Alibaba' },
  { address: '169.254.0.23', cloud: 'Tencent' },
  { address: '169.254.42.42', cloud: 'Scaleway' },
  { address: 'fd00:42::42', cloud: 'Scaleway' },
  { address: 'fe80::a9fe:a9fe', cloud: 'OpenStack' },
];

/** Names that lead there, in lower case and without a trailing dot. */
export const metadataNames: readonly string[] = [
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.azure.com',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
  'metadata.oraclecloud.com',
  'api.metadata.cloud.ibm.com',
  'instance-data',
  'instance-data.ec2.internal',
  'rancher-metadata',
];
