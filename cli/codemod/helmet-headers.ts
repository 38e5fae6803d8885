import type { Literal } from './literal.ts';

/** How an option of helmet, under all of its names, becomes a header. */
interface HeaderOption {
  readonly names: readonly string[];
  readonly header: string;
  /** The header's value, `false` for none, undefined if bulwark's own is the same, or null if it can't be moved. */
  value(option: Literal): string | false | undefined | null;
}

type Options = { readonly [name: string]: Literal };

function isOptions(option: Literal): option is Options {
  return typeof option === 'object' && option !== null && !Array.isArray(option);
}

/** An option that is on, off, or names one policy. */
function policy(names: readonly string[], header: string, on: string | undefined): HeaderOption {
  return {
    names,
    header,
    value(option) {
      if (option === false) return false;
      if (option === true) return on;
      if (
        !isOptions(option) ||
        Object.keys(option).some((name) => !/^(?:policy|action|permittedPolicies)$/.test(name))
      )
        return null;
      const [value = on] = Object.values(option);
      if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(',');
      return typeof value === 'string' || value === undefined ? value : null;
    },
  };
}

/** An option that can only be switched off. */
function toggle(names: readonly string[], header: string): HeaderOption {
  return {
    names,
    header,
    value: (option) => (typeof option === 'boolean' ? (option ? undefined : false) : null),
  };
}

export const headerOptions: readonly HeaderOption[] = [
  policy(['crossOriginOpenerPolicy'], 'Cross-Origin-Opener-Policy', undefined),
  policy(['crossOriginResourcePolicy'], 'Cross-Origin-Resource-Policy', undefined),
  {
    ...policy(['crossOriginEmbedderPolicy'], 'Cross-Origin-Embedder-Policy', 'require-corp'),
    // Bulwark sends none either.
    value: (option) => (option === false ? undefined : policy([], '', 'require-corp').value(option)),
  },
  policy(['referrerPolicy'], 'Referrer-Policy', undefined),
  {
    ...policy(['xFrameOptions', 'frameguard'], 'X-Frame-Options', 'SAMEORIGIN'),
    value(option) {
      const value = policy([], '', 'SAMEORIGIN').value(option);
      return typeof value === 'string' ? value.toUpperCase() : value;
    },
  },
  policy(
    ['xPermittedCrossDomainPolicies', 'permittedCrossDomainPolicies'],
    'X-Permitted-Cross-Domain-Policies',
    undefined,
  ),
  toggle(['originAgentCluster'], 'Origin-Agent-Cluster'),
  toggle(['xContentTypeOptions', 'noSniff'], 'X-Content-Type-Options'),
  toggle(['xDownloadOptions', 'ieNoOpen'], 'X-Download-Options'),
  toggle(['xXssProtection', 'xssFilter'], 'X-XSS-Protection'),
  {
    names: ['xDnsPrefetchControl', 'dnsPrefetchControl'],
    header: 'X-DNS-Prefetch-Control',
    value: (option) => {
      if (typeof option === 'boolean') return option ? undefined : false;
      return isOptions(option) && typeof option['allow'] === 'boolean'
        ? option['allow']
          ? 'on'
          : 'off'
        : null;
    },
  },
  {
    names: ['strictTransportSecurity', 'hsts'],
    header: 'Strict-Transport-Security',
    value(option) {
      if (typeof option === 'boolean') return option ? undefined : false;
      if (!isOptions(option)) return null;
      const { maxAge = 31_536_000, includeSubDomains = true, preload = false, ...others } = option;
      if (typeof maxAge !== 'number' || Object.keys(others).length > 0) return null;
      return `max-age=${Math.floor(maxAge)}${includeSubDomains === false ? '' : '; includeSubDomains'}${preload === true ? '; preload' : ''}`;
    },
  },
];
