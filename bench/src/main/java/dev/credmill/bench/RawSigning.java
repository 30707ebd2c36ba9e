package dev.credmill.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the processors can sign when they do nothing else: Ed25519 by the provider that the product
 * signs with, over messages as long as its own, one initialised signature for each thread.
 */
final class RawSigning {
  /** The base64url of a diploma's header and payload, about. */
  private static final int MESSAGE = 1_400; // bytes

  private static final int SIGNATURES = 50_000; // of each thread

  private RawSigning() {}

  static double perSecond() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    KeyPair pair =
        KeyPairGenerator.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE)
            .generateKeyPair();
    long start = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> signing = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        signing.add(pool.submit(() -> sign(pair)));
      }
      for (Future<?> one : signing) {
        one.get();
      }
    }
    return threads * SIGNATURES / ((System.nanoTime() - start) / 1e9);
  }

  private static Void sign(KeyPair pair) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519", AmazonCorrettoCryptoProvider.INSTANCE);
    signature.initSign(pair.getPrivate());
    byte[] message = new byte[MESSAGE];
    new Random(1).nextBytes(message);
    byte[] out = new byte[64];
    for (int i = 0; i < SIGNATURES; i++) {
      message[i % MESSAGE]++;
      signature.update(message);
      signature.sign(out, 0, out.length);
    }
    return null;
  }
}
