package dev.credmill.batch.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.Medium;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** A look at a sheet before anything is made of it. */
@Path("/v1/sheets/inspect")
@Tag(name = "Batches")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
public class InspectResource {
  private static final int FIRST_ROWS = 5;
  private static final int LONGEST_CELL = 200;
  private static final Set<String> PARTS =
      new LinkedHashSet<>(List.of("file", "definitionId", "medium", "charset"));
  private final BatchConfig config;
  private final UploadChecks checks;
  private final ColumnMappings mappings;
  private final Definitions definitions;
  private final CurrentCaller caller;

  InspectResource(
      BatchConfig config,
      UploadChecks checks,
      ColumnMappings mappings,
      Definitions definitions,
      CurrentCaller caller) {
    this.config = config;
    this.checks = checks;
    this.mappings = mappings;
    this.definitions = definitions;
    this.caller = caller;
  }

  /**
   * What a sheet looks like.
   *
   * @param charset of a CSV file; absent for a workbook
   * @param delimiter of a CSV file; absent for a workbook
   * @param sheetName the sheet of a workbook that is read; absent for CSV
   */
  @Schema(name = "SheetInspection")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Inspection(
      @Schema(description = "csv or xlsx", examples = "csv") String kind,
      @Schema(examples = "UTF-8") String charset,
      @Schema(examples = ";") String delimiter,
      @Schema(description = "The sheet of the workbook that is read", examples = "Recipients")
          String sheetName,
      @Schema(description = "The headings in row 1", examples = "[\"Vorname\", \"E-Mail\"]")
          List<String> headers,
      @Schema(
              description =
                  "From headings of the sheet to ours, for those that differ; send it as the part mapping of the upload",
              examples = "{\"Vorname\": \"First Name\", \"E-Mail\": \"Email\"}")
          @JsonInclude(content = JsonInclude.Include.ALWAYS)
          Map<String, String> suggestedMapping,
      @Schema(description = "Headings that are needed and that nothing in the sheet fits")
          List<String> missing,
      @Schema(description = "Headings of the sheet that nothing is known of") List<String> unknown,
      @Schema(description = "The first rows, long cells cut short") List<List<String>> rows) {}

  /** The parts of the form, for the documentation. */
  @Schema(
      name = "SheetToInspect",
      requiredProperties = {"file"})
  static final class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description = "The sheet with a header row, as XLSX or CSV")
    public String file;

    @Schema(description = "What would be issued", examples = "diploma")
    public String definitionId;

    @Schema(description = "How recipients would be told, EMAIL or SMS, repeatable")
    public List<String> medium;

    @Schema(description = "Of a CSV file: utf-8, utf-16 or windows-1252")
    public String charset;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      operationId = "inspectSheet",
      summary = "Look at a sheet without uploading it",
      description =
          "Tells how the file is read, which headings it has and what they seem to mean; the mapping that was used last for this definition comes first. Nothing is stored. curl -H 'X-API-Key: ...' -F file=@people.csv -F definitionId=diploma http://localhost:8080/v1/sheets/inspect")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "What the sheet looks like",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Inspection.class),
              examples =
                  @ExampleObject(
                      name = "German headings",
                      value =
                          """
                          {"kind": "csv", "charset": "UTF-8", "delimiter": ";", "headers": ["Vorname", "E-Mail", "Degree"],
                           "suggestedMapping": {"Vorname": "First Name", "E-Mail": "Email"}, "missing": [], "unknown": [],
                           "rows": [["Ada", "ada@example.org", "BSc"]]}
                          """)))
  @APIResponse(responseCode = "400", description = "A part is missing or not accepted")
  @APIResponse(responseCode = "415", description = "The file is neither XLSX nor CSV")
  @APIResponse(responseCode = "422", description = "The file or the definition is not accepted")
  public Uni<Inspection> inspect(MultipartFormDataInput form) {
    Caller who = caller.get();
    FormParts parts = new FormParts(form);
    parts.mustBeAmong(PARTS, "an inspection");
    String definitionId = parts.id("definitionId");
    String charset = parts.one("charset");
    Set<Medium> media = UploadRequest.media(parts);
    return checks.run(parts.file(), () -> look(who, parts.file(), charset, definitionId, media));
  }

  private Inspection look(
      Caller who, java.nio.file.Path file, String charset, String definitionId, Set<Medium> media)
      throws IOException {
    FirstLook look = FirstLook.at(file, charset, config, FIRST_ROWS);
    WantedColumns wanted =
        WantedColumns.of(
            definitionId == null ? null : definitions.known(who.organization(), definitionId),
            media);
    Map<String, String> suggested =
        wanted.suggest(look.header(), mappings.last(who.organization(), definitionId));
    Header header = Header.of(look.header(), suggested);
    return new Inspection(
        look.format() instanceof SheetFormat.Csv ? "csv" : "xlsx",
        look.format() instanceof SheetFormat.Csv csv ? csv.charset().name() : null,
        look.format() instanceof SheetFormat.Csv csv ? String.valueOf(csv.delimiter()) : null,
        look.format() instanceof SheetFormat.Xlsx xlsx ? xlsx.sheetName() : null,
        look.header(),
        suggested,
        wanted.missing(header),
        definitionId == null ? List.of() : wanted.unknown(header),
        look.rows().stream().map(InspectResource::shortened).toList());
  }

  private static List<String> shortened(List<String> cells) {
    return cells.stream()
        .map(c -> c.length() <= LONGEST_CELL ? c : c.substring(0, LONGEST_CELL - 3) + "...")
        .toList();
  }
}
