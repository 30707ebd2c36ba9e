package dev.credmill.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.registry.catalogue.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A credential schema to be entered. */
public record NewSchema(
    @Schema(
            description = "Names this version in public addresses; left out, one is made",
            examples = "diploma-2026")
        @Size(max = 64, message = "must have 64 characters at most")
        String id,
    @Schema(description = "What the catalogue calls it", examples = "Diploma")
        @NotBlank(message = "is missing: what the catalogue calls it")
        @Size(max = 100, message = "must have 100 characters at most")
        @OneLine
        String name,
    @Schema(description = "Your own name for this version; `1` if left out", examples = "2026.1")
        @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}",
            message = "must be 1 to 32 letters, digits, dots, hyphens and underscores")
        String version,
    @Schema(description = "One sentence about it", examples = "Degrees awarded by the university")
        @Size(max = 500, message = "must have 500 characters at most")
        @OneLine
        String description,
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "JSON Schema 2020-12 of the claims: an object of scalar properties. A property's title heads its column. With the property Cred_URL it asks for a certificate; givenName, familyName and fullName are filled from the name columns.")
        @NotNull(message = "is missing: the JSON Schema of the claims")
        JsonNode claims) {}
