package dev.credmill.registry.organization;

import dev.credmill.registry.catalogue.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An organization to be made. */
public record NewOrganization(
    @Schema(
            description =
                "Names the organization for ever: it stands in its DID and in its addresses",
            examples = "acme")
        @NotNull(message = "is missing: the slug that names the organization, such as acme")
        @Pattern(
            regexp = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?",
            message = "must be 1 to 40 of a-z, 0-9 and inner hyphens")
        String id,
    @Schema(description = "What recipients read", examples = "Acme University")
        @NotBlank(message = "is missing: what recipients read")
        @Size(max = 200, message = "must have 200 characters at most")
        @OneLine
        String name) {}
