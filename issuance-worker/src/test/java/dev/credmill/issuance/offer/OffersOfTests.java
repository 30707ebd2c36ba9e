package dev.credmill.issuance.offer;

import static io.restassured.RestAssured.given;

import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.issuance.RegistryTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A look over the service's shoulder, and the hand of time. */
@ApplicationScoped
class OffersOfTests {
  private final AgroalDataSource database;

  private final EventPublisher publisher;

  OffersOfTests(@DataSource("issuance") AgroalDataSource database, EventPublisher publisher) {
    this.database = database;
    this.publisher = publisher;
  }

  /** Code or token of an offer run out now. */
  void expire(JsonPath offer) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update credential_offer set expires_at = now() - interval '1 second'
                where code_hash = ?
                """)) {
      statement.setBytes(1, new Secret(Wallet.code(offer)).hash());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The issuer revokes what was issued, and it is done. */
  void revoke(Issued issued) {
    publisher.publish(
        List.of(
            new StatusRequested(
                issued.row(), RegistryTestResource.ACME.id(), 1, StatusAction.REVOKE)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                !given()
                    .accept("application/json")
                    .get("/claim/" + issued.claimToken())
                    .<Boolean>path("claimable"));
  }

  /** All that is stored of offers, as text. */
  List<String> stored() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select o::text from credential_offer o");
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
