package dev.credmill.issuance.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.securing.Aes;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * The organizations' status lists. A batch gets a range of an organization's numbers; number n is
 * in list n / size, at a place that a keyed permutation gives it. A list is signed when its bits
 * have changed, never when it is asked for.
 */
@ApplicationScoped
public class StatusLists {
  private final StatusListTable lists;
  private final StatusCounterTable counters;
  private final Secrets secrets;
  private final SigningKeys keys;
  private final Signers signers;
  private final IssuanceConfig config;
  private final Clock clock;
  private final Cache<OrganizationId, Integer> sizes =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<Numbered, StatusList> known = Caffeine.newBuilder().maximumSize(500).build();

  StatusLists(
      StatusListTable lists,
      StatusCounterTable counters,
      Secrets secrets,
      SigningKeys keys,
      Signers signers,
      IssuanceConfig config,
      Clock clock) {
    this.lists = lists;
    this.counters = counters;
    this.secrets = secrets;
    this.keys = keys;
    this.signers = signers;
    this.config = config;
    this.clock = clock;
  }

  /** The place of one credential. */
  public record Place(StatusList list, int index) {}

  private record Numbered(OrganizationId organization, int ordinal) {}

  /** A place where a batch may start, held until the transaction at hand ends. */
  public record Reservation(OrganizationId organization, int listSize, long start) {}

  /** Waits its turn for the organization's next free number. Belongs into a transaction. */
  public Reservation hold(OrganizationId organization) {
    StatusCounterTable.Counter counter = counters.lock(organization, config.statusListSize());
    return new Reservation(organization, counter.listSize(), counter.next());
  }

  /** Takes that many numbers from there on, and makes the lists that they fall into. */
  public void take(Reservation held, int count) {
    long next = held.start() + count;
    counters.advance(held.organization(), next);
    Instant now = clock.instant();
    for (long list = held.start() / held.listSize(); list * held.listSize() < next; list++) {
      lists.insertIfAbsent(
          held.organization(),
          new StatusListTable.Entry(
              UUID.randomUUID(), Math.toIntExact(list), held.listSize(), secrets.currentVersion()),
          now);
    }
  }

  /** The list of one of the organization's numbers. */
  public StatusList list(OrganizationId organization, long number) {
    int size = sizes.get(organization, this::listSize);
    Numbered wanted = new Numbered(organization, Math.toIntExact(number / size));
    return known.get(wanted, this::load);
  }

  public Place place(OrganizationId organization, long start, int offset) {
    StatusList list = list(organization, start + offset);
    return new Place(list, list.index(start + offset));
  }

  /** Whether a credential's bit is set: 1 means revoked. Bit 0 is the left-most. */
  public boolean isSet(UUID list, int index) {
    byte bits =
        lists
            .bitsAt(list, index / Byte.SIZE)
            .orElseThrow(() -> new IllegalStateException("there is no status list " + list));
    return (bits & 0x80 >>> index % Byte.SIZE) != 0;
  }

  /** Signs every list of the organization whose bits have changed since it was last signed. */
  public void publish(Organization organization) {
    var unsigned = lists.unsigned(organization.id());
    if (unsigned.isEmpty()) {
      return;
    }
    SigningKey key = keys.current(organization);
    Instant now = clock.instant();
    for (StatusListTable.Unsigned list : unsigned) {
      byte[] payload =
          StatusListCredential.json(
              organization, list.id(), list.bits(), now, config.statusListTtl());
      byte[] signature =
          new CompactJws().sign(signers.ofThisThread(), key, key.encodedJwsHeader(), payload);
      String jwt = CompactJws.text(key.jwsHeader(), payload, signature);
      lists.storeSigned(list.id(), new StatusListTable.Signed(jwt, list.version()), now);
    }
  }

  private int listSize(OrganizationId organization) {
    return counters
        .listSize(organization)
        .orElseThrow(() -> new IllegalStateException(organization + " has no status entries yet"));
  }

  private StatusList load(Numbered wanted) {
    StatusListTable.Entry entry =
        lists
            .find(wanted.organization(), wanted.ordinal())
            .orElseThrow(() -> new IllegalStateException("there is no status list " + wanted));
    Aes aes = new Aes(secrets.get(SecretPurpose.STATUS_INDEX, entry.secretVersion()));
    return new StatusList(
        entry.id(),
        entry.size(),
        new StatusPermutation(aes, entry.id().getMostSignificantBits(), entry.size()));
  }
}
