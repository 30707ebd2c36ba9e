package dev.credmill.batch.revocation;

import dev.credmill.batch.duplicate.RowIndex;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.credential.CredentialRowsClient;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Finds out which rows are meant by credential ids, Cred_URLs and references. */
@ApplicationScoped
public class CredentialNames {
  /** Of a Cred_URL, whatever its host, and with the ending of one of its forms or without. */
  private static final Pattern LINK =
      Pattern.compile("https?://\\S+/c/([A-Za-z0-9_-]{1,64})(?:\\.[a-z]{1,5})?");

  private static final String URN = "urn:uuid:";

  private final CredentialRowsClient issuanceWorker;
  private final RowIndex rows;
  private final NamedRowTable table;

  CredentialNames(
      @RestClient CredentialRowsClient issuanceWorker, RowIndex rows, NamedRowTable table) {
    this.issuanceWorker = issuanceWorker;
    this.rows = rows;
    this.table = table;
  }

  /**
   * The row whose credential has that id or Cred_URL, or alone has that reference; empty for
   * another's credential as for none.
   */
  public Optional<RowId> find(Caller caller, String name) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Optional.ofNullable(resolve(caller, List.of(name)).getFirst().row()));
  }

  /** One line for each name, in their order. Another's credential is as unknown as none. */
  List<StatusChangeTable.Line> resolve(Caller caller, List<String> names) throws SQLException {
    Map<String, String> computable = new HashMap<>();
    Set<String> references = new LinkedHashSet<>();
    for (String name : names) {
      String asked = asked(name);
      if (asked == null) {
        references.add(name);
      } else {
        computable.put(name, asked);
      }
    }
    Map<String, List<RowId>> found =
        new HashMap<>(rows.rows(caller.organization(), List.copyOf(references)));
    Map<String, RowId> computed = computed(caller, List.copyOf(Set.copyOf(computable.values())));
    computable.forEach(
        (name, asked) -> {
          if (computed.containsKey(asked)) {
            found.put(name, List.of(computed.get(asked)));
          }
        });
    Set<RowId> all = new HashSet<>();
    found.values().forEach(all::addAll);
    Map<RowId, NamedRowTable.Standing> standing = table.standing(caller, List.copyOf(all));
    return names.stream()
        .map(name -> line(name, found.getOrDefault(name, List.of()), standing))
        .toList();
  }

  /** What the issuance worker is asked for; null for a reference. */
  private static String asked(String name) {
    if (name.regionMatches(true, 0, URN, 0, URN.length())) {
      return name.toLowerCase(Locale.ROOT);
    }
    Matcher link = LINK.matcher(name);
    return link.matches() ? link.group(1) : null;
  }

  private Map<String, RowId> computed(Caller caller, List<String> asked) {
    Map<String, RowId> computed = new HashMap<>();
    for (int from = 0; from < asked.size(); from += CredentialRowsClient.MOST_NAMES) {
      List<String> some =
          asked.subList(from, Math.min(asked.size(), from + CredentialRowsClient.MOST_NAMES));
      List<CredentialRow> answers = ask(some);
      for (int i = 0; i < some.size(); i++) {
        CredentialRow row = answers.get(i);
        if (row != null && row.organization().equals(caller.organization())) {
          computed.put(some.get(i), row.rowId());
        }
      }
    }
    return computed;
  }

  private List<CredentialRow> ask(List<String> names) {
    try {
      return issuanceWorker.rows(names);
    } catch (WebApplicationException | ProcessingException e) {
      throw ProblemType.UNAVAILABLE.because(
          "Credentials cannot be looked up just now; nothing was changed. Send the request again after the seconds in Retry-After");
    }
  }

  /** Of several rows with one reference the one whose credential still counts is meant. */
  private static StatusChangeTable.Line line(
      String name, List<RowId> found, Map<RowId, NamedRowTable.Standing> standing) {
    List<NamedRowTable.Standing> visible =
        found.stream().map(standing::get).filter(Objects::nonNull).toList();
    List<NamedRowTable.Standing> issued =
        visible.stream().filter(NamedRowTable.Standing::issued).toList();
    List<NamedRowTable.Standing> counting = issued.stream().filter(row -> !row.revoked()).toList();
    if (counting.size() > 1) {
      return new StatusChangeTable.Line(name, null, ChangeOutcome.AMBIGUOUS);
    }
    List<NamedRowTable.Standing> meant =
        !counting.isEmpty() ? counting : !issued.isEmpty() ? issued : visible;
    return meant.isEmpty()
        ? new StatusChangeTable.Line(name, null, ChangeOutcome.UNKNOWN)
        : new StatusChangeTable.Line(name, meant.getFirst().row(), ChangeOutcome.PENDING);
  }
}
