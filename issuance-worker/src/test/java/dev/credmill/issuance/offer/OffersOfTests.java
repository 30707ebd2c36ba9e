package dev.credmill.issuance.offer;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A look over the service's shoulder, and the hand of time. */
@ApplicationScoped
class OffersOfTests {
  private final AgroalDataSource database;

  OffersOfTests(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
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
