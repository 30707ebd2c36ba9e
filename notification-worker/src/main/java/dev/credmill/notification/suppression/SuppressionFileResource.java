package dev.credmill.notification.suppression;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The suppression list as a whole, to take elsewhere or bring along. */
@Path("/v1/suppressions.csv")
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(name = "Suppressions")
class SuppressionFileResource {
  private static final int PART = 1_000;
  private static final int MOST_LINES = 100_000;
  private static final String CSV = "text/csv";

  private final Suppressions suppressions;
  private final CurrentCaller caller;
  private final Clock clock;

  SuppressionFileResource(Suppressions suppressions, CurrentCaller caller, Clock clock) {
    this.suppressions = suppressions;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * What became of a file's lines.
   *
   * @param known how many were in the list already
   * @param faults the first hundred lines that cannot be taken; nothing is added then
   */
  @Schema(name = "SuppressionImport")
  public record Import(int added, int known, List<SuppressionFile.Fault> faults) {}

  @GET
  @Produces(CSV)
  @RunOnVirtualThread
  @Operation(
      operationId = "exportSuppressions",
      summary = "Download to whom nothing more is sent",
      description = "As a CSV file that can be uploaded again, here or elsewhere.")
  @APIResponse(
      responseCode = "200",
      description = "All of them, the newest first",
      content =
          @Content(
              mediaType = CSV,
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "Medium,Contact,Reason,Words,Created\r\nEMAIL,ada@example.org,BOUNCE,550 5.1.1 User unknown,2026-11-23T10:00:05Z\r\n")))
  public RestResponse<StreamingOutput> download() {
    OrganizationId organization = caller.organization();
    StreamingOutput content =
        target -> {
          try (SuppressionFile.Output output = new SuppressionFile.Output(target)) {
            long before = Long.MAX_VALUE;
            List<Suppressions.Entry> part;
            do {
              part = suppressions.read(organization, before, null, PART);
              part.forEach(entry -> output.write(entry.suppression()));
              before = part.isEmpty() ? before : part.getLast().number();
            } while (part.size() == PART);
          } catch (SQLException e) {
            throw new WebApplicationException(e);
          }
        };
    return RestResponse.ResponseBuilder.ok(content)
        .header("Content-Disposition", "attachment; filename=\"suppressions.csv\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Consumes(CSV)
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "importSuppressions",
      summary = "Add those of a CSV file",
      description =
          "Column `Contact`, and `Medium` (`EMAIL` or `SMS`) where that does not follow from it; all lines or none, 100,000 at most.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = CSV,
              examples =
                  @ExampleObject(
                      name = "two",
                      value = "Contact\r\nada@example.org\r\n+34600123456\r\n")))
  @APIResponse(
      responseCode = "200",
      description = "What became of the lines",
      content =
          @Content(
              schema = @Schema(implementation = Import.class),
              examples =
                  @ExampleObject(
                      name = "two, one known",
                      value = "{\"added\": 1, \"known\": 1, \"faults\": []}")))
  @APIResponse(responseCode = "422", description = "This is no such file")
  public Import upload(InputStream file) throws SQLException {
    OrganizationId organization = caller.organization();
    SuppressionFile.Content content =
        SuppressionFile.read(file, MOST_LINES, clock.instant(), caller.get().keyId());
    if (!content.faults().isEmpty() || content.entries().isEmpty()) {
      return new Import(0, 0, content.faults());
    }
    int added = suppressions.add(organization, content.entries());
    return new Import(added, content.entries().size() - added, List.of());
  }
}
