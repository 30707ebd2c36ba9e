package dev.credmill.issuance;

import dev.credmill.issuance.offer.OfferConfig;
import dev.credmill.issuance.page.PageConfig;
import dev.credmill.issuance.securing.Custody;
import dev.credmill.issuance.securing.Pkcs11Config;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How this service issues and publishes. */
@ConfigMapping(prefix = "issuance")
public interface IssuanceConfig {
  /** What this process does: {@code sign}, {@code publish}, or both. */
  @WithDefault("sign,publish")
  Set<IssuanceRole> roles();

  /** Lists of requests worked on at once: one is stored while another is signed. */
  @WithDefault("2")
  @Positive
  int consumers();

  /**
   * A file that holds the master key, 32 bytes in base64. Every private key and every secret is
   * encrypted under it, so whoever loses it can never sign for these organizations again. Wins over
   * {@link #masterKey()}.
   */
  Optional<Path> masterKeyFile();

  /** The master key itself, 32 bytes in base64, where a file is not at hand. */
  Optional<String> masterKey();

  /**
   * Where new signing keys are kept: {@code database}, encrypted under the master key, or {@code
   * pkcs11}. A key stays where it was made; rotate an organization's keys after a change.
   */
  @WithDefault("database")
  Custody keyCustody();

  /** The token that keeps keys; needed as long as one of them signs. */
  Pkcs11Config pkcs11();

  /**
   * Of so many signatures one, at random, is verified by another implementation before it leaves,
   * besides the first one of each key in a process; 1 for all.
   */
  @WithDefault("1000")
  @Min(1)
  int selfCheckOneIn();

  /**
   * Entries of a new organization's status lists: a power of two, at least 131,072 so that an index
   * tells nothing about whose it is (Bitstring Status List 1.0, 4.6).
   */
  @WithDefault("1048576")
  @Min(131_072)
  @Max(16_777_216)
  int statusListSize();

  /** For how long a verifier may go without asking for a status list again. */
  @WithDefault("PT5M")
  Duration statusListTtl();

  /** Threads that sign; as many as there are processors where nothing is said. */
  OptionalInt signThreads();

  /** Credentials that are stored with one statement. */
  @WithDefault("1000")
  @Min(1)
  @Max(10_000)
  int storeChunk();

  /** The largest batch that status entries are reserved for, in rows. */
  @WithDefault("10000000")
  @Min(1)
  int largestBatch();

  /**
   * Whether W3C's VC API is served: {@code /credentials/issue} signs what an issuer brings, outside
   * of any batch. For tests of conformance.
   */
  @WithDefault("false")
  boolean vcApi();

  /** The public pages. */
  PageConfig page();

  /** Claims into wallets. */
  OfferConfig offer();
}
