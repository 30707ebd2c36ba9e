package dev.credmill.batch.revocation;

import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tells recipients of changes of status, where whoever changed it wants that. */
@ApplicationScoped
public class Notices {
  private final NoticeTable table;
  private final Registry registry;

  Notices(NoticeTable table, Registry registry) {
    this.table = table;
    this.registry = registry;
  }

  /**
   * The messages that are due once these answers are written down. Answers that come again ask for
   * them again, since the process may have died in between; the message is the same one.
   */
  List<DeliveryRequested> of(List<ValidityChanged> answers) {
    List<DeliveryRequested> messages = new ArrayList<>();
    try {
      for (NoticeTable.Wanted wanted : table.wanted(answers)) {
        add(messages, wanted, Medium.EMAIL, wanted.email());
        add(messages, wanted, Medium.SMS, wanted.phone());
      }
      return messages;
    } catch (SQLException e) {
      throw new IllegalStateException("the notices could not be read", e);
    }
  }

  private void add(
      List<DeliveryRequested> messages, NoticeTable.Wanted wanted, Medium medium, String contact) {
    if (contact == null) {
      return;
    }
    String publicUrl =
        registry.organization(wanted.organization()).map(Organization::publicUrl).orElseThrow();
    messages.add(
        new DeliveryRequested(
            wanted.row(),
            wanted.organization(),
            wanted.definitionId(),
            medium,
            switch (wanted.action()) {
              case REVOKE -> Purpose.REVOKED;
              case SUSPEND -> Purpose.SUSPENDED;
              case REINSTATE -> Purpose.REINSTATED;
            },
            Math.toIntExact(wanted.change()),
            contact,
            wanted.name(),
            wanted.language(),
            publicUrl + "/c/" + wanted.linkToken()));
  }

  /** Writes down what became of such messages, in the transaction at hand. */
  public void delivered(Medium medium, DeliveryStatus status, List<DeliveryOutcome> outcomes)
      throws SQLException {
    table.delivered(medium, status, outcomes);
  }
}
