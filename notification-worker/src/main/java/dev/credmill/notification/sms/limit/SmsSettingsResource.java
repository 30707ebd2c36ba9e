package dev.credmill.notification.sms.limit;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an organization allows for its text messages, for its admins. */
@Path("/v1/sms-settings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(
    name = "SMS settings",
    description = "To which countries text messages may go, and how many segments they may cost")
class SmsSettingsResource {
  private static final String SETTINGS =
      "\"allowedCountries\": [\"AT\", \"DE\"], \"segmentsPerDay\": 1000, \"segmentsPerMonth\": 20000";
  private static final String IN_USE =
      "{"
          + SETTINGS
          + ", \"ceiling\": {\"allowedCountries\": [\"AT\", \"CH\", \"DE\"], \"segmentsPerDay\": 5000, \"segmentsPerMonth\": null}"
          + ", \"used\": {\"today\": 312, \"thisMonth\": 4711}}";
  private final SettingsTable settings;
  private final UsageTable usage;
  private final Ceiling ceiling;
  private final CurrentCaller caller;
  private final Clock clock;

  SmsSettingsResource(
      SettingsTable settings,
      UsageTable usage,
      Ceiling ceiling,
      CurrentCaller caller,
      Clock clock) {
    this.settings = settings;
    this.usage = usage;
    this.ceiling = ceiling;
    this.caller = caller;
    this.clock = clock;
  }

  /** The settings, and how far the limits are used up. */
  @Schema(name = "SmsSettingsInUse")
  public record View(
      @Schema(nullable = true) List<String> allowedCountries,
      @Schema(nullable = true) Integer segmentsPerDay,
      @Schema(nullable = true) Integer segmentsPerMonth,
      @Schema(description = "What the operator allows at most, whatever the settings are")
          SmsSettings ceiling,
      Used used) {}

  /** Segments that went out, or are going. */
  @Schema(name = "SmsSegmentsUsed")
  public record Used(
      @Schema(description = "Since midnight UTC", examples = "312") int today,
      @Schema(description = "Since the first of the month", examples = "4711") int thisMonth) {}

  @GET
  @RunOnVirtualThread
  @Operation(
      operationId = "getSmsSettings",
      summary = "Show what text messages may cost and where they may go",
      description =
          "Without settings all countries and any number of segments are allowed, up to the operator's ceiling.")
  @APIResponse(
      responseCode = "200",
      description = "The settings, and the segments used so far",
      content =
          @Content(
              schema = @Schema(implementation = View.class),
              examples = @ExampleObject(name = "settings", value = IN_USE)))
  public View show() {
    return view(caller.organization());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "putSmsSettings",
      summary = "Limit where text messages go and what they cost",
      description =
          "Replaces the settings: what is left out is limited by the operator's ceiling alone; more than that is refused. Messages to other countries fail and say so; beyond a limit they wait for the next day or month, where that is not too late for them. Whatever waits is tried again at once.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SmsSettings.class),
              examples = @ExampleObject(name = "two countries", value = "{" + SETTINGS + "}")))
  @APIResponse(
      responseCode = "200",
      description = "The settings as they are now",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(
      responseCode = "400",
      description = "Not such settings",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "no country",
                      value =
                          """
                          {"type": "urn:credmill:problem:invalid-body", "title": "The body is not what this call takes", "status": 400,
                           "detail": "allowedCountries takes two capital letters for each country, as in ISO 3166-1: DE, not GERMANY or de"}
                          """)))
  @APIResponse(
      responseCode = "422",
      description = "More than the operator allows",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "too many segments",
                      value =
                          """
                          {"type": "urn:credmill:problem:sms-settings-beyond-limit", "title": "That is more than the operator allows", "status": 422,
                           "detail": "The operator allows 5000 SMS segments a day at most, and not 9000; leave the limit out to have all of them"}
                          """)))
  public View replace(@NotNull(message = "is missing") SmsSettings body) {
    ceiling.check(body);
    OrganizationId organization = caller.organization();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              settings.put(organization, body);
              usage.release(organization, clock.instant());
            });
    return view(organization);
  }

  private View view(OrganizationId organization) {
    Instant now = clock.instant();
    SmsSettings kept = settings.of(organization);
    Map<Period, Integer> used = usage.read(organization, Period.day(now));
    return new View(
        kept.allowedCountries(),
        kept.segmentsPerDay(),
        kept.segmentsPerMonth(),
        ceiling.most(),
        new Used(used.get(Period.DAY), used.get(Period.MONTH)));
  }
}
