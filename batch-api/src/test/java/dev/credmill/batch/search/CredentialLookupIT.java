package dev.credmill.batch.search;

import static dev.credmill.batch.CatalogueTestResource.CREDENTIAL_ID;
import static dev.credmill.batch.CatalogueTestResource.CREDENTIAL_ROW;
import static dev.credmill.batch.CatalogueTestResource.SILENT_CREDENTIAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import org.junit.jupiter.api.Test;

/** Asked over HTTP of a stand-in for the issuance worker. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class CredentialLookupIT {
  private static final OrganizationId ACME = new OrganizationId("acme");
  @Inject CredentialLookup lookup;

  @Test
  void theWorkerIsAskedForTheRow() {
    assertThat(lookup.find(ACME, CREDENTIAL_ID)).contains(CREDENTIAL_ROW.rowId());
    assertThat(lookup.find(new OrganizationId("globex"), CREDENTIAL_ID)).isEmpty();
  }

  @Test
  void whatTheWorkerDoesNotKnowIsNoRow() {
    assertThat(lookup.find(ACME, CREDENTIAL_ID.replace('4', '5'))).isEmpty();
  }

  /** {@link dev.credmill.contracts.problem.ProblemType#UNAVAILABLE} is made of it at the edge. */
  @Test
  void aSilentWorkerEndsTheRequest() {
    assertThatThrownBy(() -> lookup.find(ACME, SILENT_CREDENTIAL_ID))
        .isInstanceOf(ProcessingException.class);
  }
}
