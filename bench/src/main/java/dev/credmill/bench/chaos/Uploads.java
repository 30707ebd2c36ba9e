package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * The issuers: one thread for each, uploading its sheets while the storm goes on, trying again as
 * an integrator would when no answer or a 5xx comes.
 */
final class Uploads {
  private static final int MOST_ROWS = 1_000; // of a sheet
  private static final long PAUSE_MILLIS = 300;

  private final List<Sheet> sheets;
  private final Path folder;
  private final String url;
  private final Map<Sheet, String> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeated = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private Uploads(List<Sheet> sheets, Path folder, String url) {
    this.sheets = sheets;
    this.folder = folder;
    this.url = url;
  }

  /**
   * Begins.
   *
   * @param strikes of the storm: there is a sheet for each at least, so that each meets work
   * @param progress of the storm, 0 to 1: the sheets come spread over it
   */
  static Uploads start(
      long seed, int rows, int strikes, Path folder, String url, DoubleSupplier progress) {
    List<Sheet> sheets = new ArrayList<>();
    int each = Math.clamp(rows / strikes, 1, MOST_ROWS);
    for (int ordinal = 0, left = rows; left > 0; ordinal++, left -= each) {
      Sheet.Owner owner = Sheet.Owner.values()[ordinal % 2];
      sheets.add(new Sheet(seed, ordinal, owner, fate(ordinal), Math.min(left, each)));
    }
    Uploads uploads = new Uploads(sheets, folder, url);
    for (Sheet.Owner owner : Sheet.Owner.values()) {
      uploads.threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("issuer-" + owner)
              .start(() -> uploads.upload(owner, progress)));
    }
    return uploads;
  }

  private static Sheet.Fate fate(int ordinal) {
    return switch (ordinal % 8) {
      case 1 -> Sheet.Fate.PAUSED;
      case 3, 4 -> Sheet.Fate.CORRECTED;
      case 5 -> Sheet.Fate.CANCELLED;
      case 6 -> Sheet.Fate.LEFT;
      default -> Sheet.Fate.ISSUED;
    };
  }

  private void upload(Sheet.Owner owner, DoubleSupplier progress) {
    Api api = new Api(url, owner.key);
    for (Sheet sheet : sheets) {
      if (sheet.owner() != owner) {
        continue;
      }
      while (progress.getAsDouble() < (double) sheet.ordinal() / sheets.size()) {
        sleep(PAUSE_MILLIS);
      }
      Path file = sheet.write(folder);
      Map<String, String> fields = new TreeMap<>();
      fields.put("definitionId", owner.definition);
      fields.put("medium", "EMAIL");
      fields.put("onInvalidRows", "skip");
      fields.put("mode", sheet.fate() == Sheet.Fate.LEFT ? "REVIEW" : "ISSUE");
      insist(() -> acknowledged.put(sheet, api.upload(file, fields, sheet.idempotencyKey())));
      act(api, sheet);
    }
  }

  /** What the issuer does with a batch that is under way. */
  private void act(Api api, Sheet sheet) {
    String id = acknowledged.get(sheet);
    switch (sheet.fate()) {
      case ISSUED, LEFT -> {}
      case PAUSED -> {
        insist(() -> api.await(id, batch -> batch.hasNonNull("startedAt")));
        insist(() -> api.post("/v1/batches/" + id + "/pause", ""));
        sleep(PAUSE_MILLIS);
        insist(() -> api.post("/v1/batches/" + id + "/resume", ""));
      }
      case CORRECTED -> {
        if (sheet.hasInvalidRows()) {
          Path corrections = sheet.writeCorrections(folder);
          insist(() -> api.await(id, batch -> batch.hasNonNull("startedAt")));
          insist(() -> api.correct(id, corrections));
        }
      }
      case CANCELLED -> insist(() -> cancel(api, id));
    }
  }

  private void cancel(Api api, String id) {
    try {
      api.post("/v1/batches/" + id + "/cancel", "");
      cancelled.add(id);
    } catch (Api.Refused e) {
      if (e.status() != 409) {
        throw e;
      }
      // Too late: it had come to its end.
    }
  }

  private void insist(Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (Api.Refused e) {
        if (e.status() < 500) {
          synchronized (refused) {
            refused.add(e.getMessage());
          }
          return;
        }
      } catch (RuntimeException _) {
        // No answer: whoever asked cannot know what happened, and asks again.
      }
      repeated.incrementAndGet();
      sleep(PAUSE_MILLIS);
    }
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until every sheet is uploaded; those that cannot be are told by {@link #refused}. */
  void await(Duration longest) throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.join(longest)) {
        synchronized (refused) {
          refused.add(thread.getName() + " is still trying to upload");
        }
      }
    }
  }

  /** The batches whose cancelling was answered with 2xx. */
  Set<String> cancelled() {
    return cancelled;
  }

  List<Sheet> sheets() {
    return sheets;
  }

  /** The ids of batches, by the sheets that were answered with 202. */
  Map<Sheet, String> acknowledged() {
    return acknowledged;
  }

  /** How many calls had no answer, or a 5xx, and were made again. */
  int repeated() {
    return repeated.get();
  }

  /** What was answered with 4xx, which nothing here deserves. */
  List<String> refused() {
    synchronized (refused) {
      return List.copyOf(refused);
    }
  }
}
