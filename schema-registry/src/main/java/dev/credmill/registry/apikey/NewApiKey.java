package dev.credmill.registry.apikey;

import dev.credmill.contracts.access.Role;
import dev.credmill.registry.catalogue.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key to be made. */
public record NewApiKey(
    @Schema(description = "What the key is for", examples = "registrar's office")
        @NotBlank(message = "is missing: what the key is for")
        @Size(max = 100, message = "must have 100 characters at most")
        @OneLine
        String name,
    @Schema(
            description = "What the key may do: `issuer`, `org-admin` or `platform-admin`",
            examples = "issuer")
        @NotNull(message = "is missing: issuer, org-admin or platform-admin")
        Role role,
    @Schema(
            description =
                "Only for a platform admin, who names the organization whose first org-admin key this is",
            examples = "acme")
        @Size(max = 40, message = "must have 40 characters at most")
        String organization) {}
