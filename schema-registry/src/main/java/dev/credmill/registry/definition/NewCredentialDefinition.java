package dev.credmill.registry.definition;

import dev.credmill.registry.catalogue.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A credential definition to be entered. */
public record NewCredentialDefinition(
    @Schema(description = "Names this version; left out, one is made", examples = "diploma-2026")
        @Size(max = 64, message = "must have 64 characters at most")
        String id,
    @Schema(
            description = "The id of the definition of which this is the next version",
            examples = "diploma-2025")
        @Size(max = 64, message = "must have 64 characters at most")
        String supersedes,
    @Schema(description = "What the catalogue calls it", examples = "Diploma")
        @NotBlank(message = "is missing: what the catalogue calls it")
        @Size(max = 100, message = "must have 100 characters at most")
        @OneLine
        String name,
    @Schema(description = "One sentence about it", examples = "Degrees awarded since 2026")
        @Size(max = 500, message = "must have 500 characters at most")
        @OneLine
        String description,
    @Schema(
            description = "The credential's type; made of the name if left out",
            examples = "DiplomaCredential")
        @Size(max = 64, message = "must have 64 characters at most")
        String type,
    @Schema(description = "The credential schema of the claims", examples = "diploma-2026")
        @NotBlank(message = "is missing: the id of a credential schema, see GET /v1/schemas")
        @Size(max = 64, message = "must have 64 characters at most")
        String schemaId,
    @Schema(
            description = "Needed if the schema has the claim Cred_URL, and only then",
            examples = "diploma-2026")
        @Size(max = 64, message = "must have 64 characters at most")
        String certificateTemplateId,
    @Schema(
            description = "ISO 8601 period from validFrom; left out, credentials do not expire",
            examples = "P2Y")
        @Size(max = 40, message = "must have 40 characters at most")
        String validity,
    @Schema(
            description =
                "In which forms the credential is given away: `vc+jwt`, `eddsa-rdfc-2022`, `eddsa-jcs-2022`, `dc+sd-jwt`;"
                    + " `vc+jwt` if left out",
            examples = "[\"vc+jwt\", \"dc+sd-jwt\"]")
        @Size(max = 10, message = "must have 10 entries at most")
        List<@NotNull(message = "must not be null") String> formats,
    @Schema(
            description =
                "For what each credential has an entry in a status list: `revocation`, `suspension`; both if left out",
            examples = "[\"revocation\", \"suspension\"]")
        @Size(max = 10, message = "must have 10 entries at most")
        List<@NotNull(message = "must not be null") String> statusPurposes,
    @Schema(
            description =
                "Claims that the holder of an SD-JWT VC cannot hold back; none if left out",
            examples = "[\"degree\"]")
        @Size(max = 500, message = "must have 500 entries at most")
        List<@NotNull(message = "must not be null") String> alwaysDisclosed,
    @Valid Display display,
    @Valid NewOpenBadge openBadge) {

  /** What makes its credentials Open Badges 3.0. */
  @Schema(name = "NewOpenBadge")
  public record NewOpenBadge(
      @Schema(
              description =
                  "What kind of achievement: a word of the standard's vocabulary, or your own that begins with `ext:`",
              examples = "Badge")
          @Size(max = 100, message = "must have 100 characters at most")
          String achievementType,
      @Schema(
              description = "What has to be done for it; Markdown",
              examples = "Pass the final assessment of the course.")
          @NotBlank(message = "is missing: what has to be done for the badge")
          @Size(max = 2000, message = "must have 2000 characters at most")
          String criteria,
      @Schema(
              description = "The address of its picture, PNG or SVG; never fetched by the server",
              examples = "https://acme.example/badges/first-aid.png")
          @Size(max = 500, message = "must have 500 characters at most")
          String image) {}

  /** How it presents itself to recipients. */
  public record Display(
      @Schema(
              description = "Heads the page and the message; the name if left out",
              examples = "Your diploma")
          @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
          @OneLine
          String title,
      @Schema(
              description = "One sentence for the recipient",
              examples = "Your degree from Acme University")
          @Size(max = 500, message = "must have 500 characters at most")
          @OneLine
          String description,
      @Schema(description = "Language of these texts (BCP 47); `en` if left out", examples = "en")
          @Size(max = 35, message = "must have 35 characters at most")
          String locale,
      @Schema(
              description =
                  "The https address of a picture that wallets show; never fetched by the server",
              examples = "https://acme.example/logo.png")
          @Size(max = 500, message = "must have 500 characters at most")
          @Pattern(
              regexp = "https://[!-~&&[^\"<>\\\\^`{|}]]+",
              message = "must be an https address in ASCII")
          String logo,
      @Schema(description = "Of the card in wallets", examples = "#1b2a49")
          @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "must be a colour such as #1b2a49")
          String backgroundColor,
      @Schema(description = "Of the texts on it", examples = "#ffffff")
          @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "must be a colour such as #ffffff")
          String textColor) {}
}
