/** Node 20 to 24: dns, dns/promises. Documentation: https://nodejs.org/docs/latest-v24.x/api/dns.html */

import type { Models } from '../../../models/model.ts';
import { exceptForRequests } from '../../conventions/address-kinds.ts';

const addresses = 'Member[lookup,resolve4,resolve6]';
/** With another record type as its second argument, it returns text that the owner of the name has written. */
const records = 'Member[resolve,resolveAny,resolveCname,resolveMx,resolveSrv]';

/**
 * Functions that look up the IP addresses of a host name. The owner of the name chooses the addresses, so an address is
 * untrusted as the target of a request, redirect or link. For every other sink it is harmless, because it consists of
 * digits, letters, dots and colons.
 */
export const resolvers: Models = {
  language: 'javascript',
  types: [
    ['dns.Module', 'dns', ''],
    ['dns.Module', 'dns/promises', ''],
    ['dns.Module', 'dns.Module', 'Member[promises]'],
    ['dns.Module', 'dns.Module', 'Member[Resolver].Instance'],
  ],
  summaries: [
    ['dns.Module', addresses, 'Argument[0]', 'ReturnValue', 'taint'],
    ['dns.Module', records, 'Argument[0]', 'ReturnValue', 'taint'],
    ['dns.Module', addresses, 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
    ['dns.Module', records, 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
  ],
  sanitizers: [['dns.Module', `${addresses}.ReturnValue`, exceptForRequests]],
  traits: [['dns.Module', 'Member[lookup,resolve,resolve4,resolve6]', 'resolves-to-many']],
};
