import { listed, type SecretKind, secretKind } from './secret-kind.ts';

const square = 'https://developer.squareup.com/docs/build-basics/access-tokens';

/** Payments and shops. */
export const paymentKinds: readonly SecretKind[] = [
  secretKind(
    'stripe-key',
    'A Stripe secret key',
    'https://docs.stripe.com/keys',
    'sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_ rk_prod_',
    /[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,247}/,
  ),
  secretKind(
    'stripe-webhook-secret',
    'A Stripe webhook secret',
    'https://docs.stripe.com/webhooks/signature',
    'whsec_',
    /whsec_[A-Za-z0-9+/=]{32,64}/,
  ),
  secretKind(
    'shopify-token',
    'A Shopify token',
    'https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing',
    'shpat_ shpca_ shppa_ shpss_ shptka_',
    /shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{32,64}/,
  ),
  secretKind(
    'square-token',
    'A Square token',
    square,
    'eaaa sq0atp- sq0csp-',
    /EAAA[\w-]{60}|sq0(?:atp-[\w-]{22}|csp-[\w-]{43})/,
  ),
  secretKind(
    'paypal-braintree-token',
    'A Braintree access token',
    'https://developer.paypal.com/braintree/docs/guides/authorization/overview',
    'access_token$',
    /access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}/,
  ),
  secretKind(
    'plaid-token',
    'A Plaid access token',
    'https://plaid.com/docs/api/items/',
    'access-sandbox- access-development- access-production-',
    /access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  ),
  secretKind('easypost-key', 'An EasyPost key', listed, 'ezak eztk', /EZ[AT]K[A-Za-z0-9]{54}/),
  secretKind(
    'shippo-token',
    'A Shippo token',
    'https://docs.goshippo.com/docs/guides_general/authentication/',
    'shippo_live_ shippo_test_',
    /shippo_(?:live|test)_[a-fA-F0-9]{40}/,
  ),
  secretKind(
    'duffel-token',
    'A Duffel token',
    'https://duffel.com/docs/api/overview/test-mode',
    'duffel_live_ duffel_test_',
    /duffel_(?:test|live)_[\w=-]{43}/,
  ),
  secretKind(
    'flutterwave-key',
    'A Flutterwave secret key',
    listed,
    'flwseck',
    /FLWSECK(?:_TEST)?-[a-h0-9]{32}-X/i,
  ),
  secretKind(
    'amazon-mws-token',
    'An Amazon MWS token',
    listed,
    'amzn.mws.',
    /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  ),
  secretKind(
    'adyen-key',
    'An Adyen API key',
    'https://docs.adyen.com/development-resources/api-credentials/',
    'aqe',
    /AQE[a-z][A-Za-z0-9+/]{60,120}={0,2}-[A-Za-z0-9+/]{40,50}=-[\w;,.:<>!?(){}[\]~^&*@#$%+=-]{8,40}/,
  ),
];
