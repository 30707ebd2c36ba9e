// A wallet built on Sphereon's client, which still speaks as drafts did: `proof` in the singular, and the
// well-known part behind the issuer's path.
import { OpenID4VCIClient } from '@sphereon/oid4vci-client';

/**
 * Claims what is offered.
 *
 * @param wallet whose key it is bound to, named as did:jwk
 */
export async function claimWithSphereon(wallet, deepLink, txCode) {
  const client = await OpenID4VCIClient.fromURI({ uri: deepLink, resolveOfferUri: true, retrieveServerMetadata: true });
  await client.acquireAccessToken({ pin: txCode });
  const response = await client.acquireCredentials({
    alg: wallet.alg,
    kid: `${wallet.didJwk}#0`,
    proofCallbacks: { signCallback: ({ header, payload }) => wallet.sign(header, payload) },
  });
  return response.credentials[0].credential;
}
