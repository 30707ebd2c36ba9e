package dev.credmill.batch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialLookupTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final OrganizationId GLOBEX = new OrganizationId("globex");
  private static final String ID = "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098";
  private static final RowId ROW = new RowId(BatchId.at(Instant.EPOCH), 17);

  @Test
  void anIdLeadsToTheRowOfItsOrganizationOnly() {
    // Given
    CredentialLookup lookup = new CredentialLookup(CredentialLookupTest::known);
    // Then
    assertThat(lookup.find(ACME, ID)).contains(ROW);
    assertThat(lookup.find(GLOBEX, ID)).isEmpty();
  }

  @Test
  void anIdIsFoundHoweverItsDigitsAreWritten() {
    // Given
    CredentialLookup lookup = new CredentialLookup(CredentialLookupTest::known);
    // When
    Optional<RowId> found = lookup.find(ACME, ID.toUpperCase(Locale.ROOT));
    // Then
    assertThat(found).contains(ROW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ada Example",
        "urn:uuid:",
        "4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098",
        "urn:uuid:4f3c2b1a-9d8e-4c7b-a6f5-e4d3c2b1a098",
        "urn:uuid:4f3c2b1a-9d8e-8c7b-c6f5-e4d3c2b1a098",
        "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a0980",
        "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098\n",
        "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a09/"
      })
  void nobodyIsAskedForWhatIsNoId(String text) {
    // Given
    CredentialLookup lookup =
        new CredentialLookup(
            id -> {
              throw new AssertionError("asked for " + id);
            });
    // Then
    assertThat(lookup.find(ACME, text)).isEmpty();
  }

  @Test
  void aWorkerThatCannotAnswerNowIsToBeAskedAgain() {
    // Given
    CredentialLookup lookup = answering(503);
    // Then
    assertThatThrownBy(() -> lookup.find(ACME, ID))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE.uri()));
  }

  /** Not the caller's fault, whatever the status: a 401 would blame their API key. */
  @ParameterizedTest
  @ValueSource(ints = {401, 500})
  void anyOtherAnswerIsOurOwnFault(int status) {
    // Given
    CredentialLookup lookup = answering(status);
    // Then
    assertThatThrownBy(() -> lookup.find(ACME, ID)).isInstanceOf(IllegalStateException.class);
  }

  private static CredentialLookup answering(int status) {
    return new CredentialLookup(
        _ -> {
          throw new WebApplicationException(status);
        });
  }

  private static CredentialRow known(String id) {
    assertThat(id).isEqualTo(ID);
    return new CredentialRow(ROW.batch(), ROW.number(), ACME);
  }
}
