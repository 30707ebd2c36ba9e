package dev.credmill.issuance.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.securing.Aes;
import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Where in the organizations' status lists credentials have their entries. A batch gets a range of
 * an organization's numbers, a claimed copy a single one; number n is in the lists n / size, in
 * each at a place that the list's keyed permutation gives it.
 */
@ApplicationScoped
public class StatusLists {
  private final StatusListTable lists;
  private final StatusCounterTable counters;
  private final Secrets secrets;
  private final IssuanceConfig config;
  private final Clock clock;
  private final Cache<Sized, Integer> sizes = Caffeine.newBuilder().maximumSize(20_000).build();
  private final Cache<Numbered, StatusList> known = Caffeine.newBuilder().maximumSize(500).build();
  private final Cache<Sized, SpareNumbers> spare =
      Caffeine.newBuilder().maximumSize(20_000).build();
  private final Cache<UUID, Known> ours = Caffeine.newBuilder().maximumSize(20_000).build();

  StatusLists(
      StatusListTable lists,
      StatusCounterTable counters,
      Secrets secrets,
      IssuanceConfig config,
      Clock clock) {
    this.lists = lists;
    this.counters = counters;
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
  }

  private record Sized(OrganizationId organization, ListPurpose.Kind kind) {}

  private record Numbered(OrganizationId organization, ListPurpose purpose, int ordinal) {}

  /** A place where a batch may start, held until the transaction at hand ends. */
  public record Reservation(
      OrganizationId organization, ListPurpose.Kind kind, int listSize, long start) {}

  /** Waits its turn for the organization's next free number. Belongs into a transaction. */
  public Reservation hold(OrganizationId organization) {
    return hold(organization, ListPurpose.Kind.BITSTRING);
  }

  private Reservation hold(OrganizationId organization, ListPurpose.Kind kind) {
    StatusCounterTable.Counter counter = counters.lock(organization, kind, config.statusListSize());
    return new Reservation(organization, kind, counter.listSize(), counter.next());
  }

  /** Takes that many numbers from there on, and makes the lists that they fall into. */
  public void take(Reservation held, int count) {
    long next = held.start() + count;
    counters.advance(held.organization(), held.kind(), next);
    Instant now = clock.instant();
    for (long list = held.start() / held.listSize(); list * held.listSize() < next; list++) {
      int ordinal = Math.toIntExact(list);
      Arrays.stream(ListPurpose.values())
          .filter(purpose -> purpose.kind() == held.kind())
          .forEach(
              purpose ->
                  lists.insertIfAbsent(
                      held.organization(),
                      new StatusListTable.Entry(
                          UUID.randomUUID(),
                          purpose,
                          ordinal,
                          held.listSize(),
                          secrets.currentVersion()),
                      now));
    }
  }

  /**
   * A number in the bitstring lists for one copy. Never given twice: a claim that fails, and a
   * process that dies, leave gaps, which nobody can tell from the other entries.
   */
  public long takeForCopy(OrganizationId organization) {
    return takeOne(organization, ListPurpose.Kind.BITSTRING);
  }

  /** An entry in a token status list for one copy; never given twice, either. */
  public StatusPlace takeToken(OrganizationId organization) {
    return place(organization, ListPurpose.TOKEN, takeOne(organization, ListPurpose.Kind.TOKEN));
  }

  private long takeOne(OrganizationId organization, ListPurpose.Kind kind) {
    return spare
        .get(new Sized(organization, kind), _ -> new SpareNumbers())
        .next(this, organization, kind);
  }

  /** Takes numbers for copies that are yet to be made, in a transaction of its own. */
  private long takeSpare(OrganizationId organization, ListPurpose.Kind kind, int count) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Reservation held = hold(organization, kind);
              take(held, count);
              return held.start();
            });
  }

  /**
   * Numbers that are this process's own: claims of one organization would else wait for each other
   * at its counter, each for another's commit.
   */
  private static final class SpareNumbers {
    private static final int TOGETHER = 64;
    private long next;
    private long end;

    synchronized long next(StatusLists lists, OrganizationId organization, ListPurpose.Kind kind) {
      if (next == end) {
        next = lists.takeSpare(organization, kind, TOGETHER);
        end = next + TOGETHER;
      }
      return next++;
    }
  }

  /** The list of that purpose that one of the organization's numbers is in. */
  public StatusList list(OrganizationId organization, ListPurpose purpose, long number) {
    int size = sizes.get(new Sized(organization, purpose.kind()), this::listSize);
    Numbered wanted = new Numbered(organization, purpose, Math.toIntExact(number / size));
    return known.get(wanted, this::load);
  }

  public StatusPlace place(OrganizationId organization, ListPurpose purpose, long number) {
    StatusList list = list(organization, purpose, number);
    return new StatusPlace(list, list.index(number));
  }

  /** A list of ours, whoever wrote its address somewhere. */
  public record Known(OrganizationId organization, ListPurpose purpose, int size) {}

  /** Whose list it is; it never becomes another's. */
  public Optional<Known> known(UUID list) {
    return Optional.ofNullable(ours.get(list, id -> lists.known(id).orElse(null)));
  }

  /** The value of an entry as of now, published or about to be: 0 speaks for the credential. */
  public int value(ListPurpose purpose, UUID list, int index) {
    byte bits =
        lists
            .bitsAt(list, StatusEntries.place(purpose, index))
            .orElseThrow(() -> new IllegalStateException("there is no status list " + list));
    return StatusEntries.value(purpose, index, bits);
  }

  private int listSize(Sized of) {
    return counters
        .listSize(of.organization(), of.kind())
        .orElseThrow(() -> new IllegalStateException(of + " has no status entries yet"));
  }

  private StatusList load(Numbered wanted) {
    StatusListTable.Entry entry =
        lists
            .find(wanted.organization(), wanted.purpose(), wanted.ordinal())
            .orElseThrow(() -> new IllegalStateException("there is no status list " + wanted));
    Aes aes = new Aes(secrets.get(SecretPurpose.STATUS_INDEX, entry.secretVersion()));
    return new StatusList(
        entry.id(),
        entry.purpose(),
        entry.size(),
        new StatusPermutation(aes, entry.id().getMostSignificantBits(), entry.size()));
  }
}
