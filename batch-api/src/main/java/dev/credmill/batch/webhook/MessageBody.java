package dev.credmill.batch.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Writes what a message says. Of rows only the numbers are kept: reference, credential and link are
 * read when it is sent, and never change once a row is issued, so each attempt says the same. Names
 * and contacts are not read at all.
 */
@ApplicationScoped
class MessageBody {
  private static final String ROWS =
      """
      select u.number, r.reference, c.credential_id, c.link_token
      from unnest(?::int[]) as u (number)
      cross join lateral (
        select reference from sheet_row where batch_id = ? and number = u.number offset 0) r
      cross join lateral (
        select credential_id, link_token from row_credential
        where batch_id = ? and number = u.number offset 0) c
      order by u.number
      """;

  private final AgroalDataSource database;
  private final Registry registry;
  private final ObjectMapper json;

  MessageBody(
      @DataSource("batch") AgroalDataSource database, Registry registry, ObjectMapper json) {
    this.database = database;
    this.registry = registry;
    this.json = json;
  }

  byte[] of(Outgoing message) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("type", message.type().text());
      out.writeStringField("timestamp", message.at().toString());
      out.writeFieldName("data");
      switch (message.type().subject()) {
        case BATCH, WEBHOOK -> out.writeRawValue(message.content());
        case ROWS -> rows(out, message);
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void rows(JsonGenerator out, Outgoing message) throws SQLException, IOException {
    String links =
        message.type() == EventType.ROW_ISSUED ? publicUrl(message.organization()) + "/c/" : null;
    List<RowsPart> parts = json.readValue(message.content(), new TypeReference<>() {});
    out.writeStartObject();
    out.writeStringField("batchId", message.batch().toString());
    out.writeArrayFieldStart("rows");
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(ROWS)) {
      for (RowsPart part : parts) {
        rows(out, select, message.batch(), part, links);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void rows(
      JsonGenerator out, PreparedStatement select, BatchId batch, RowsPart part, String links)
      throws SQLException, IOException {
    select.setArray(
        1,
        select
            .getConnection()
            .unwrap(PGConnection.class)
            .createArrayOf("int4", part.rows().toArray()));
    select.setObject(2, batch.value());
    select.setObject(3, batch.value());
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        out.writeStartObject();
        out.writeNumberField("row", row.getInt(1));
        text(out, "reference", row.getString(2));
        text(out, "credentialId", row.getString(3));
        text(out, "credUrl", links == null ? null : links + row.getString(4));
        text(out, "medium", part.what().medium());
        text(out, "status", part.what().status());
        text(out, "code", part.what().code());
        out.writeEndObject();
      }
    }
  }

  private static void text(JsonGenerator out, String name, Object value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value.toString());
    }
  }

  private String publicUrl(OrganizationId organization) {
    return registry.organization(organization).map(Organization::publicUrl).orElseThrow();
  }
}
