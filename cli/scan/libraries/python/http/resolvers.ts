// socket and asyncio of Python 3.11, dnspython 2, aiodns 3.

import type { Models } from '../../../models/model.ts';
import { exceptForRequests } from '../../conventions/address-kinds.ts';

/**
 * Functions that look up the IP addresses of a host name. The owner of the name chooses the addresses, so an address is
 * untrusted as the target of a request, redirect or link. For every other sink it is harmless, because it consists of
 * digits, letters, dots and colons.
 */
export const resolvers: Models = {
  language: 'python',
  types: [
    ['dns.Resolver', 'dns.resolver', ''],
    ['dns.Resolver', 'dns.asyncresolver', ''],
    ['dns.Resolver', 'dns.resolver', 'Member[Resolver].ReturnValue'],
    ['dns.Resolver', 'dns.asyncresolver', 'Member[Resolver].ReturnValue'],
    ['asyncio.Loop', 'asyncio', 'Member[get_event_loop,get_running_loop,new_event_loop].ReturnValue'],
  ],
  summaries: [
    ['socket', 'Member[gethostbyname,gethostbyname_ex]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['socket', 'Member[getaddrinfo]', 'Argument[0,host:]', 'ReturnValue', 'taint'],
    ['asyncio.Loop', 'Member[getaddrinfo]', 'Argument[0,host:]', 'ReturnValue', 'taint'],
    ['dns.Resolver', 'Member[resolve,query]', 'Argument[0,qname:]', 'ReturnValue', 'taint'],
    ['dns.Resolver', 'Member[resolve_name]', 'Argument[0,name:]', 'ReturnValue', 'taint'],
    [
      'aiodns',
      'Member[DNSResolver].ReturnValue.Member[gethostbyname,getaddrinfo,query]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    ['socket', 'Member[gethostbyname,getaddrinfo].ReturnValue', exceptForRequests],
    ['asyncio.Loop', 'Member[getaddrinfo].ReturnValue', exceptForRequests],
  ],
  traits: [
    ['socket', 'Member[gethostbyname]', 'resolves-host'],
    ['socket', 'Member[getaddrinfo,gethostbyname_ex]', 'resolves-to-many'],
    ['asyncio.Loop', 'Member[getaddrinfo]', 'resolves-to-many'],
    ['dns.Resolver', 'Member[resolve]', 'resolves-host'],
    ['aiodns', 'Member[DNSResolver].ReturnValue.Member[gethostbyname]', 'resolves-host'],
    ['aiodns', 'Member[DNSResolver].ReturnValue.Member[getaddrinfo]', 'resolves-to-many'],
  ],
};
